package dev.lockstep.suite;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import java.util.List;
import java.util.regex.Pattern;

/** Tags that JUnit takes too: its tag expressions reserve {@code , ( ) & | !} and blanks. */
final class Tags {
    private static final Pattern TAG = Pattern.compile("[^\\s\\p{Cntrl},()&|!]+");

    private Tags() {}

    static List<String> read(Fields fields) {
        for (DocumentNode item : fields.items("tags")) {
            String tag = item.toJson().asText();
            if (!TAG.matcher(tag).matches()) {
                fields.problemAt(
                        item.position(),
                        "the tag '" + tag + "' is not allowed; write it without blanks and , ( ) & | !");
            }
        }
        return fields.texts("tags").stream().distinct().toList();
    }
}
