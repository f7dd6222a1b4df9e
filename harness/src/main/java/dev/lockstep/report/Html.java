package dev.lockstep.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A piece of an HTML page.
 *
 * <p>There is no raw markup: whatever is not an element is text, and text is escaped when the page is written.
 */
sealed interface Html {

    /** Writes the piece to the end of {@code page}. */
    void writeTo(StringBuilder page);

    static Html text(String text) {
        return new Text(text);
    }

    static Element tag(String name, Html... children) {
        return new Element(name, Map.of(), List.of(children));
    }

    static Element tag(String name, String text) {
        return tag(name, text(text));
    }

    static Element tag(String name, List<? extends Html> children) {
        return new Element(name, Map.of(), List.copyOf(children));
    }

    static Html all(List<? extends Html> pieces) {
        return new Sequence(List.copyOf(pieces));
    }

    static Html all(Html... pieces) {
        return new Sequence(List.of(pieces));
    }

    static Html nothing() {
        return new Sequence(List.of());
    }

    /** Characters; those that no page may hold are shown by their control pictures. */
    record Text(String text) implements Html {
        @Override
        public void writeTo(StringBuilder page) {
            text.codePoints().forEach(point -> escape(page, point));
        }

        private static void escape(StringBuilder page, int point) {
            switch (point) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\n', '\t' -> page.append((char) point);
                default -> page.appendCodePoint(printable(point));
            }
        }

        private static int printable(int point) {
            if (point < ' ') {
                return '\u2400' + point;
            }
            return point == 0x7f || (point >= 0xd800 && point <= 0xdfff) ? '\ufffd' : point;
        }
    }

    /** Pieces one after the other. */
    record Sequence(List<? extends Html> pieces) implements Html {
        @Override
        public void writeTo(StringBuilder page) {
            pieces.forEach(piece -> piece.writeTo(page));
        }
    }

    /** A tag with attributes and children; attributes keep their order. */
    record Element(String name, Map<String, String> attributes, List<Html> children) implements Html {
        private static final Set<String> VOID = Set.of("meta");
        private static final Set<String> BLOCKS = Set.of(
                "head", "title", "style", "header", "main", "footer", "section", "article", "div", "p", "h1", "h2",
                "h3", "table", "thead", "tbody", "tr", "ul", "ol", "li", "dl", "dd", "details", "figure", "svg",
                "meta");

        public Element {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            children = List.copyOf(children);
        }

        /** Returns the same element with one attribute more. */
        Element with(String attribute, String value) {
            Map<String, String> more = new LinkedHashMap<>(attributes);
            more.put(attribute, value);
            return new Element(name, more, children);
        }

        Element classed(String names) {
            return with("class", names);
        }

        /** Returns the same element with one child more. */
        Element plus(Html child) {
            List<Html> more = new ArrayList<>(children);
            more.add(child);
            return new Element(name, attributes, more);
        }

        @Override
        public void writeTo(StringBuilder page) {
            page.append('<').append(name);
            attributes.forEach((attribute, value) -> {
                page.append(' ').append(attribute).append("=\"");
                text(value).writeTo(page);
                page.append('"');
            });
            page.append('>');
            children.forEach(child -> child.writeTo(page));
            if (!VOID.contains(name)) {
                page.append("</").append(name).append('>');
            }
            if (BLOCKS.contains(name)) {
                page.append('\n');
            }
        }
    }
}
