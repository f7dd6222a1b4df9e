package dev.lockstep.cli;

import dev.lockstep.job.Invocation;

/**
 * Commands in messages as they can be pasted.
 *
 * <p>Every package spells a command in its messages as {@code `lockstep …`}; only the command line knows how it was started.
 */
record Spelling(Invocation invocation) {

    String of(String message) {
        return message.replace("`lockstep ", "`" + invocation.of() + " ");
    }
}
