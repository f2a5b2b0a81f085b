"""From the document to what people read: HTML, PDF."""
