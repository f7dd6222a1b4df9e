package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallScorerTest {
    private static final Scored WEATHER = calls("""
            {"name": "get_weather", "args": {"city": ["San Francisco", "SF"], "unit": ["celsius", ""]}}""");

    @Test
    void accepts_the_expected_call() {
        assertThat(WEATHER.calls("get_weather", "{\"city\": \"san-francisco\"}"))
                .isEqualTo(new Score("tool_call@1", 1, Score.Outcome.SCORED, "makes the expected calls"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get_wether | {\"city\": \"SF\"} | wrong_func_name: 'get_wether', expected 'get_weather'",
                "get_weather | {\"unit\": \"celsius\"} | missing_required: get_weather without 'city'",
                "get_weather | {\"city\": \"SF\", \"days\": 1} | unexpected_param: get_weather with 'days'",
                "get_weather | {\"city\": \"Oslo\"} | value_error:string: get_weather 'city' is \"Oslo\", expected one of [\"San Francisco\",\"SF\"]",
                "get_weather | {\"city\": 5} | type_error:number: get_weather 'city' is 5, expected one of [\"San Francisco\",\"SF\"]"
            })
    void names_the_kind_of_error(String name, String arguments, String detail) {
        assertThat(WEATHER.calls(name, arguments)).isEqualTo(new Score("tool_call@1", 0, Score.Outcome.SCORED, detail));
    }

    @Test
    void counts_calls() {
        assertThat(WEATHER.calls("get_weather", "{\"city\": \"SF\"}", "get_weather", "{\"city\": \"SF\"}")
                        .detail())
                .isEqualTo("wrong_count: 2 calls, expected 1");
        assertThat(WEATHER.text("It is sunny.").detail()).isEqualTo("wrong_count: no call, expected 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[5]           | 5             | 1",
                "[5.0]         | 5             | 1",
                "[5]           | 5.0           | 1",
                "[5]           | \"5\"         | 0",
                "[true]        | 1             | 0",
                "[true]        | true          | 1",
                "[null]        | null          | 1",
                "[\"it's\"]    | \"It\\\"s\"   | 1",
                "[\"a.b_c\"]   | \"A B/c\"     | 1",
                "[[1, 2]]      | [1, 2]        | 1",
                "[[1, 2]]      | [2, 1]        | 0",
                "[[1, 2]]      | [1]           | 0",
                "[[\"a b\"]]   | [\"A-B\"]     | 1",
                "[{\"k\": [1, 2]}]            | {\"k\": 2}           | 1",
                "[{\"k\": [1, 2]}]            | {\"k\": 3}           | 0",
                "[{\"k\": [1], \"o\": [2, \"\"]}] | {\"k\": 1}       | 1",
                "[{\"k\": [1], \"o\": [2]}]   | {\"k\": 1}           | 0",
                "[{\"k\": [1]}]               | {\"k\": 1, \"z\": 1} | 0",
                "[[{\"k\": [1]}]]             | [{\"k\": 1}]         | 1"
            })
    void compares_arguments_as_the_berkeley_leaderboard_does(String allowed, String value, double score) {
        Scored f = calls("{\"name\": \"f\", \"args\": {\"x\": " + allowed + "}}");
        assertThat(f.mistakes()).isEmpty();
        assertThat(f.calls("f", "{\"x\": " + value + "}").value()).isEqualTo(score);
    }

    @Test
    void pairs_parallel_calls_in_any_order() {
        Scored two = calls("{\"name\": \"f\", \"args\": {\"x\": [1]}}, {\"name\": \"g\", \"args\": {}}");
        assertThat(two.calls("g", "{}", "f", "{\"x\": 1}").value()).isEqualTo(1);
        assertThat(two.calls("g", "{}", "f", "{\"x\": 2}").detail())
                .isEqualTo("value_error:number: f 'x' is 2, expected one of [1]");
        assertThat(two.calls("g", "{}", "g", "{}").detail()).isEqualTo("wrong_func_name: 'g', expected 'f'");
    }

    @Test
    void finds_a_pairing_that_a_greedy_one_misses() {
        Scored two = calls("{\"name\": \"f\", \"args\": {\"x\": [1, 2]}}, {\"name\": \"f\", \"args\": {\"x\": [1]}}");
        assertThat(two.calls("f", "{\"x\": 1}", "f", "{\"x\": 2}").value()).isEqualTo(1);
        assertThat(two.calls("f", "{\"x\": 2}", "f", "{\"x\": 2}").value()).isZero();
    }

    @Test
    void lets_optional_parameters_be_absent() {
        Scored f = calls("{\"name\": \"f\", \"args\": {\"x\": [1], \"y\": [2]}, \"optional\": [\"y\"]}");
        assertThat(f.calls("f", "{\"x\": 1}").value()).isEqualTo(1);
        assertThat(f.calls("f", "{\"x\": 1, \"y\": 3}").value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"city\":", "[\"SF\"]", "SF", "{} {}"})
    void cannot_parse_arguments_that_are_no_json_object(String arguments) {
        assertThat(WEATHER.calls("get_weather", arguments))
                .isEqualTo(new Score(
                        "tool_call@1",
                        0,
                        Score.Outcome.UNPARSEABLE,
                        "the arguments of get_weather are \"" + arguments + "\", which is no JSON object"));
    }

    @Test
    void tells_a_call_in_the_text_from_no_call() {
        String leaked = "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"SF\"}}\n</tool_call>";
        Score expected = new Score(
                "tool_call@1",
                0,
                Score.Outcome.SCORED,
                "leaked: a call stands in the text (<tool_call>) instead of tool_calls");
        assertThat(WEATHER.text(leaked)).isEqualTo(expected);
        assertThat(calls("").text(leaked)).isEqualTo(expected);
    }

    @Test
    void expects_no_call_where_the_list_is_empty() {
        assertThat(calls("").text("Hello"))
                .isEqualTo(new Score("tool_call@1", 1, Score.Outcome.SCORED, "makes no call"));
        assertThat(calls("").calls("f", "{}").detail()).isEqualTo("wrong_count: 1 call, expected 0");
    }

    @Test
    void says_what_is_wrong_with_its_use() {
        assertThat(Scored.by(new ToolCallScorer(), "{}").mistakes())
                .containsExactly(
                        "scorer 'tool_call' needs 'reference.calls', a list of {name, args, optional}; add it");
        assertThat(calls("{\"args\": {}}, {\"name\": \"f\", \"argz\": 1, \"args\": {\"x\": 1, \"y\": [{\"k\": 2}]},"
                                + " \"optional\": [\"z\"]}")
                        .mistakes())
                .containsExactly(
                        "scorer 'tool_call' needs a 'name' in each of 'reference.calls'; add it to {\"args\":{}}",
                        "scorer 'tool_call' knows no 'argz' in 'reference.calls' of 'f'; expected name, args and optional",
                        "scorer 'tool_call' needs the list of allowed values for 'x' in 'reference.calls' of 'f', not 1;"
                                + " write [value, …]",
                        "scorer 'tool_call' needs the list of allowed values for 'y.k' in 'reference.calls' of 'f', not 2;"
                                + " write [value, …]",
                        "scorer 'tool_call' finds no 'z' in 'args' of 'reference.calls' of 'f', which 'optional' names;"
                                + " list its allowed values");
    }

    private static Scored calls(String calls) {
        return Scored.by(new ToolCallScorer(), "{\"calls\": [" + calls + "]}");
    }
}
