package dev.lockstep.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows by its name what is secret on a command line, and puts a placeholder in its place: a lock belongs into version control.
 *
 * <p>No digest is kept either, for a short secret can be found from it. Names of the vocabulary ({@code bos_token}) and of
 * attention ({@code key_length}) are no secrets: what they say changes the answers.
 */
final class SecretWords {
    static final String PLACEHOLDER = "${secret}";

    private static final Set<String> ALWAYS = Set.of(
            "authorization",
            "auth",
            "bearer",
            "cookie",
            "credential",
            "credentials",
            "hft",
            "passphrase",
            "pwd",
            "sig",
            "signature");
    private static final Pattern ALWAYS_ENDING = Pattern.compile(".*(apikeys?|secrets?|passwords?|passwd)");
    /** Pairs that grant access, whatever stands beside them. */
    private static final Pattern ALWAYS_PAIR =
            Pattern.compile(".*\\b(api|access|auth|private|signing|secret) keys?\\b.*");

    private static final Pattern USUALLY_ENDING = Pattern.compile("keys?|.*token");
    private static final Set<String> OF_THE_MODEL = Set.of(
            "add",
            "audio",
            "bos",
            "budget",
            "cache",
            "cls",
            "count",
            "dtype",
            "end",
            "eog",
            "eom",
            "eos",
            "eot",
            "id",
            "ids",
            "image",
            "length",
            "limit",
            "mask",
            "newline",
            "per",
            "max",
            "min",
            "num",
            "pad",
            "sep",
            "size",
            "special",
            "start",
            "stop",
            "think",
            "tokenizer",
            "type",
            "unk",
            "unknown",
            "value",
            "video",
            "vision");
    private static final Pattern PARTS = Pattern.compile("[-_.]+|(?<=[a-z0-9])(?=[A-Z])");

    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z][\\w.-]*)=.+", Pattern.DOTALL);
    private static final Pattern USER_OF_URL = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");
    private static final Pattern NAMED_VALUE = Pattern.compile("([A-Za-z][\\w.-]*)([\"']?\\s*[=:]\\s*)"
            + "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\[[^]]*]|(?:(?:Bearer|Basic|Token)\\s+)?[^\"',;&\\s{}\\[\\]]+)");
    private static final Pattern TOKEN = Pattern.compile("(?<![\\w-])(?:(?:hf|sk|ghp|gho|glpat|xox[bp])[_-][\\w-]{16,}"
            + "|AKIA[A-Z0-9]{16}|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+)");

    private SecretWords() {}

    /** Tells whether the value of a flag, a variable or a field of this name is a secret. */
    static boolean isSecret(String name) {
        List<String> parts = Arrays.stream(PARTS.split(name))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList();
        if (parts.stream()
                .anyMatch(part ->
                        ALWAYS.contains(part) || ALWAYS_ENDING.matcher(part).matches())) {
            return true;
        }
        if (ALWAYS_PAIR.matcher(String.join(" ", parts)).matches() || isTokenOfAccess(parts)) {
            return true;
        }
        return parts.stream().anyMatch(part -> USUALLY_ENDING.matcher(part).matches())
                && parts.stream().noneMatch(OF_THE_MODEL::contains);
    }

    /** A name that ends in "token" means one of the model's only where the word before says so: {@code eos_token}. */
    private static boolean isTokenOfAccess(List<String> parts) {
        int last = parts.size() - 1;
        return last > 0 && parts.get(last).equals("token") && !OF_THE_MODEL.contains(parts.get(last - 1));
    }

    /** Replaces the secrets inside a word: of variables, JSON, headers, queries and URLs, and tokens known by their look. */
    static String mask(String word) {
        Matcher variable = VARIABLE.matcher(word);
        if (variable.matches() && isSecret(variable.group(1))) {
            return variable.group(1) + "=" + PLACEHOLDER;
        }
        String hidden = Matcher.quoteReplacement(PLACEHOLDER);
        String named = maskNamed(USER_OF_URL.matcher(word).replaceAll(hidden));
        return TOKEN.matcher(named).replaceAll(hidden);
    }

    /** Replaces what looks like a token, and users of URLs, in a text of which the rest is not to be touched, such as a template. */
    static String maskTokens(String text) {
        String hidden = Matcher.quoteReplacement(PLACEHOLDER);
        return TOKEN.matcher(USER_OF_URL.matcher(text).replaceAll(hidden)).replaceAll(hidden);
    }

    /** A value that is no secret may hold one: the query of {@code https://host/?token=…}. */
    private static String maskNamed(String text) {
        return NAMED_VALUE.matcher(text).replaceAll(match -> {
            String value = isSecret(match.group(1)) ? PLACEHOLDER : maskNamed(match.group(3));
            return Matcher.quoteReplacement(match.group(1) + match.group(2) + value);
        });
    }
}
