import java.io.File;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/**
 * Prints, parted by tabs, "PASS" or "FAIL" and the path of each file, and a line for each rule that it breaks:
 * "RULE", path, clause and test, count, description, place of the first.
 */
class VeraPdf {
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        var foundry = Foundries.defaultInstance();
        var flavour = PDFAFlavour.fromString(arguments[0]);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("veraPDF knows no flavour " + arguments[0]);
        }
        for (var path : Arrays.asList(arguments).subList(1, arguments.length)) {
            try (var parser = foundry.createParser(new File(path), flavour);
                    var validator = foundry.createValidator(flavour, false)) {
                var result = validator.validate(parser);
                System.out.println((result.isCompliant() ? "PASS\t" : "FAIL\t") + path);
                Map<String, String> failures = new TreeMap<>();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    var rule = assertion.getRuleId();
                    var count = result.getFailedChecks().get(rule);
                    failures.putIfAbsent(rule.getClause() + "-" + rule.getTestNumber(),
                            count + "\t" + assertion.getMessage() + "\t" + assertion.getLocation().getContext());
                }
                failures.forEach((rule, failure) -> System.out.println("RULE\t" + path + "\t" + rule + "\t" + failure));
            }
        }
    }
}
