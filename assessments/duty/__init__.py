"""What the law asks: the Act, the questionnaire, the document and the lifecycle. Plain Python."""
