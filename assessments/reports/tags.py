"""What WeasyPrint leaves out of a PDF's tags.

Without the first of these a paragraph in a list item breaks PDF/UA-1; without the others readers differ.
"""

import pydyf


def complete_tags(document, pdf):
    """Put list items in order, give header cells their scope, take page headers and footers out of the tags.

    A WeasyPrint finisher: `pdf` is changed in place.
    """
    objects = {item.reference: item for item in pdf.objects}
    mark_margins_as_artefacts(pdf, objects)
    for element in filter(is_element, list(pdf.objects)):
        if element["S"] == "/LI":
            put_blocks_in_list_body(pdf, objects, element)
        elif element["S"] == "/TH":
            group = objects[objects[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def is_element(item):
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"


def put_blocks_in_list_body(pdf, objects, item):
    labels = [kid for kid in item["K"] if objects[kid]["S"] in ("/Lbl", "/LBody")]
    blocks = [kid for kid in item["K"] if kid not in labels]
    if blocks:
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(blocks), "Pg": item["Pg"], "P": item.reference}
        )
        pdf.add_object(body)
        for kid in blocks:
            objects[kid]["P"] = body.reference
        item["K"] = pydyf.Array([*labels, body.reference])


def mark_margins_as_artefacts(pdf, objects):
    """WeasyPrint tags the text of margin boxes with elements that hang nowhere in the tree: make it artefacts."""
    root = objects[pdf.catalog["StructTreeRoot"]]
    in_tree = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        in_tree.add(reference)
        if is_element(objects[reference]):
            waiting.extend(kid for kid in objects[reference]["K"] if isinstance(kid, bytes))
    parents = objects[root["ParentTree"]]["Nums"]
    for element in filter(is_element, pdf.objects):
        if element.reference not in in_tree:
            page = objects[element["Pg"]]
            for number in [kid for kid in element["K"] if isinstance(kid, int)]:
                mark_as_artefact(objects[page["Contents"]].stream, number)
                parents[2 * page["StructParents"] + 1][number] = "null"
            element.clear()


def mark_as_artefact(content, number):
    start = content.index({"MCID": number})
    content[start - 1 : start + 2] = ["/Artifact", "BMC"]
