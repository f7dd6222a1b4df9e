package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void text_and_attributes_are_escaped() {
        Html html = Html.tag("i", "a < b & \"c\" > d").with("title", "\"><script>");
        assertThat(written(html))
                .isEqualTo("<i title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp; &quot;c&quot; &gt; d</i>");
    }

    @Test
    void characters_that_no_page_may_hold_are_made_visible() {
        assertThat(written(Html.text("a\u0000b\u001bc\ud800d\n"))).isEqualTo("a\u2400b\u241bc\ufffdd\n");
    }

    private static String written(Html html) {
        StringBuilder page = new StringBuilder();
        html.writeTo(page);
        return page.toString();
    }
}
