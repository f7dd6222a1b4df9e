package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Mistakes that happen, and input that is made to do harm: the command, and all that it says. */
@SuppressWarnings("ImmutableEnumChecker")
enum UserError {
    LOCK_OF_ANOTHER_VERSION(
            "DIR/stack.lock.json:17:18: the lock: 'lockVersion' is 2; this Lockstep reads version 1;"
                    + " use the Lockstep that wrote the file, or make it anew with `lockstep lock --stack DIR`",
            folder -> verify(folder, "version-2.json")),
    LOCK_EDITED_BY_HAND(
            "DIR/stack.lock.json: is not spelled as Lockstep writes it (order of keys, spaces, numbers,"
                    + " line ends); write it again with `lockstep lock fmt DIR/stack.lock.json`, never edit it by hand",
            folder -> verify(folder, "unsorted.json")),
    LOCK_THAT_IS_CUT_OFF(
            "DIR/stack.lock.json:3:1: is not valid JSON: Unexpected end-of-input: expected close marker"
                    + " for Object",
            folder -> verify(folder, "broken.json")),
    LOCK_OF_A_GIGABYTE(
            "DIR/stack.lock.json: has 1073741824 bytes, and a lock has at most 16777216; name the right file,"
                    + " or restore it from version control",
            folder -> {
                HostileStack.in(folder, "model.gguf").sparse("stack.lock.json", 1 << 30, new byte[0]);
                return List.of("verify", "--stack", folder.toString());
            }),
    LOCK_THAT_NESTS_WITHOUT_END(
            "DIR/stack.lock.json:1:1: is not valid JSON: Document nesting depth (1001) exceeds the"
                    + " maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)",
            folder -> {
                HostileStack.in(folder, "model.gguf").text("stack.lock.json", "[".repeat(100_000));
                return List.of("verify", "--stack", folder.toString());
            }),
    FOLDER_IN_PLACE_OF_A_LOCK("DIR/stack.lock.json: cannot be read: it is no regular file", folder -> {
        HostileStack.in(folder, "model.gguf").text("stack.lock.json/inside", "x");
        return List.of("verify", "--stack", folder.toString());
    }),
    MISSING_MODEL(
            "DIR/model.gguf: there is no such file; check the path",
            folder -> lock(HostileStack.in(folder, "model.gguf"))),
    MISSING_SHARD(
            "DIR/model/model-00002-of-00002.safetensors: is missing, though model.safetensors.index.json says that"
                    + " it holds 'b'; fetch the model again",
            folder -> lock(HostileStack.in(folder, "model")
                    .bytes("model/model-00001-of-00002.safetensors", HostileStack.WEIGHTS)
                    .text("model/model.safetensors.index.json", """
                            {"weight_map": {"a": "model-00001-of-00002.safetensors",
                              "b": "model-00002-of-00002.safetensors"}}"""))),
    TENSOR_OUTSIDE_THE_FILE(
            "DIR/model/model.safetensors: has 2 bytes of data, but tensor 'a' ends at 4; the file is cut"
                    + " off: fetch it again",
            folder -> weights(folder, HostileStack.safetensors(HostileStack.HEADER.length(), HostileStack.HEADER, 2))),
    TRUNCATED_HEADER(
            "DIR/model/model.safetensors: its header should have 56 bytes, but only 20 follow; the file is cut"
                    + " off, or no safetensors file: fetch it again",
            folder -> weights(
                    folder,
                    HostileStack.safetensors(HostileStack.HEADER.length(), HostileStack.HEADER.substring(0, 20), 0))),
    NEGATIVE_HEADER(
            "DIR/model/model.safetensors: its header should have 18446744073709551615 bytes, but only 60 follow;"
                    + " the file is cut off, or no safetensors file: fetch it again",
            folder -> weights(folder, HostileStack.safetensors(-1, HostileStack.HEADER, 4))),
    HEADER_OF_25_MEGABYTES(
            "DIR/model/model.safetensors: its header has 25000001 bytes, and at most 25000000 are read, as"
                    + " by the hubs; the file is damaged, or save the model in more files",
            folder -> {
                HostileStack stack = HostileStack.in(folder, "model");
                byte[] head = HostileStack.safetensors(25_000_001, "{", 0);
                return lock(stack.sparse("model/model.safetensors", HostileStack.HUGE, head));
            }),
    EMPTY_WEIGHTS(
            "DIR/model/model.safetensors: ends at byte 0, inside the length of the header, which needs 8 bytes; the"
                    + " file is cut off: fetch it again",
            folder -> weights(folder, new byte[0])),
    LINK_OUT_OF_THE_FOLDER(
            "DIR/model/tokenizer.json: is a link to DIR/elsewhere.json, outside of DIR/model; put the file"
                    + " itself there",
            folder -> {
                HostileStack stack = HostileStack.in(folder, "model").text("elsewhere.json", "{}");
                stack.bytes("model/model.safetensors", HostileStack.WEIGHTS);
                return lock(stack.link("model/tokenizer.json", folder.resolve("elsewhere.json")));
            }),
    LINK_TO_ITSELF(
            "DIR/model.gguf: cannot be read: DIR/model.gguf: Too many levels of symbolic links or unable to access"
                    + " attributes of symbolic link",
            folder -> {
                HostileStack stack = HostileStack.in(folder, "model.gguf");
                return lock(stack.link("model.gguf", folder.resolve("model.gguf")));
            }),
    FOLDER_IN_PLACE_OF_A_MODEL(
            "DIR/model.gguf: holds no weights (such as *.safetensors); name the folder of a model",
            folder -> lock(HostileStack.in(folder, "model.gguf").text("model.gguf/README.md", "x"))),
    CONFIGURATION_THAT_NESTS_WITHOUT_END(
            "DIR/model/config.json: is not valid JSON: Document nesting"
                    + " depth (201) exceeds the maximum allowed (200, from `StreamReadConstraints.getMaxNestingDepth()`);"
                    + " restore it, or fetch it again",
            folder -> {
                HostileStack stack =
                        HostileStack.in(folder, "model").bytes("model/model.safetensors", HostileStack.WEIGHTS);
                return lock(stack.text("model/config.json", "[".repeat(100_000)));
            }),
    GGUF_OF_NO_BYTES(
            "DIR/model.gguf: is no GGUF file: it does not begin with 'GGUF'; name the model's .gguf file",
            folder -> gguf(folder, new byte[0])),
    GGUF_WITH_A_NEGATIVE_COUNT(
            "DIR/model.gguf: the number of tensors says 18446744073709551615, more than the rest of the"
                    + " file can hold; the file is damaged: fetch it again",
            folder -> gguf(folder, HostileStack.gguf(-1, 0))),
    GGUF_WITH_2_60_TENSORS(
            "DIR/model.gguf: the number of tensors says 1152921504606846976, more than the rest of the"
                    + " file can hold; the file is damaged: fetch it again",
            folder -> gguf(folder, HostileStack.gguf(1L << 60, 0))),
    GGUF_WITH_MORE_TENSORS_THAN_ANY_MODEL(
            "DIR/model.gguf: the number of tensors says 1000000000, and at most 131072 are"
                    + " read; the file is damaged: fetch it again",
            folder -> {
                HostileStack stack = HostileStack.in(folder, "model.gguf");
                return lock(stack.sparse("model.gguf", HostileStack.HUGE, HostileStack.gguf(1_000_000_000, 0)));
            }),
    GGUF_WITH_LISTS_IN_LISTS(
            "DIR/model.gguf: 'a' nests lists more than 8 deep; the file is damaged: fetch it again",
            folder -> gguf(folder, HostileStack.gguf(0, 1, HostileStack.nestedLists("a", 10_000)))),
    GGUF_WITH_A_TEXT_BEYOND_ITS_END(
            "DIR/model.gguf: the length of 'a' says 1000, more than the rest of the file can hold;"
                    + " the file is damaged: fetch it again",
            folder -> gguf(folder, HostileStack.gguf(0, 1, HostileStack.text("a", 1000, "short")))),
    GGUF_WITH_A_KEY_TWICE(
            "DIR/model.gguf: holds the metadata key 'a' twice; the file is damaged: fetch it again", folder -> {
                byte[] twice = HostileStack.gguf(0, 2, HostileStack.number("a", 1), HostileStack.number("a", 2));
                return gguf(folder, twice);
            }),
    PATH_THAT_THE_LOCALE_CANNOT_WRITE(
            "'mod?le.gguf' cannot be opened: the locale of this process writes names of"
                    + " files in ANSI_X3.4-1968, which lacks a letter of it; set LC_ALL=C.UTF-8 and start the same command again",
            folder -> lock(HostileStack.in(folder, "mod\u00e8le.gguf"))),
    PATH_WITH_A_NUL(
            "'a\\0b.gguf' is no path: Nul character not allowed; correct it",
            folder -> lock(HostileStack.in(folder, "a\\0b.gguf"))),
    SIGNATURE_THAT_IS_NONE(
            "DIR/model.sig: is no Sigstore bundle: its 'mediaType' is ''; name a model.sig that"
                    + " model_signing wrote",
            folder -> {
                HostileStack stack = HostileStack.in(folder, "model.gguf").text("model.sig", "{}");
                return signature(stack, folder.resolve("model.sig"));
            }),
    SIGNATURE_OF_A_GIGABYTE(
            "DIR/model.sig: has 1073741824 bytes, and at most 33554432 are read; name a model.sig that"
                    + " model_signing wrote",
            folder -> {
                HostileStack stack = HostileStack.in(folder, "model.gguf").sparse("model.sig", 1 << 30, new byte[0]);
                return signature(stack, folder.resolve("model.sig"));
            }),
    KEY_THAT_IS_NONE(
            "DIR/key.pem: holds no public key; name a PEM file with a public key or a certificate, ECDSA (P-256,"
                    + " P-384, P-521) or Ed25519",
            folder -> {
                HostileStack stack = HostileStack.in(folder, "model.gguf").text("key.pem", "secret");
                return signature(
                        stack,
                        realSignature(),
                        "--key",
                        folder.resolve("key.pem").toString());
            });

    private static final Path BAD = Path.of("src", "test", "resources", "bad", "lock");
    private static final Path SIGNATURES = Path.of("src", "test", "resources", "model-signature");
    private static final Path EMPTY = BAD.resolve("lk1-" + "0".repeat(64) + ".json");

    private final String message;
    private final Making making;

    UserError(String message, Making making) {
        this.message = message;
        this.making = making;
    }

    private interface Making {
        List<String> in(Path folder) throws IOException;
    }

    /** Makes the folder and returns the words of the command. */
    List<String> make(Path folder) throws IOException {
        return making.in(folder);
    }

    String message(Path folder) {
        return message.replace("DIR", folder.toString());
    }

    private static List<String> verify(Path folder, String lock) throws IOException {
        HostileStack stack = HostileStack.in(folder, "model.gguf");
        Files.copy(BAD.resolve(lock), stack.file("stack.lock.json"));
        return verify(stack);
    }

    private static List<String> verify(HostileStack stack) {
        return List.of("verify", "--stack", stack.folder().toString());
    }

    private static List<String> lock(HostileStack stack) {
        return List.of("lock", "--offline", "--stack", stack.folder().toString());
    }

    private static List<String> gguf(Path folder, byte[] bytes) throws IOException {
        return lock(HostileStack.in(folder, "model.gguf").bytes("model.gguf", bytes));
    }

    private static List<String> weights(Path folder, byte[] bytes) throws IOException {
        return lock(HostileStack.in(folder, "model").bytes("model/model.safetensors", bytes));
    }

    private static Path realSignature() {
        return SIGNATURES.resolve("model.sig");
    }

    private static List<String> signature(HostileStack stack, Path signature, String... more) throws IOException {
        Files.copy(EMPTY, stack.file("stack.lock.json"));
        return Stream.concat(
                        Stream.of(
                                "lock",
                                "check-signature",
                                signature.toString(),
                                "--stack",
                                stack.folder().toString()),
                        Stream.of(more))
                .toList();
    }
}
