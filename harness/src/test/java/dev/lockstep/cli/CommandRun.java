package dev.lockstep.cli;

import dev.lockstep.job.Invocation;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What came of a command that ran in this process. */
record CommandRun(int exitCode, String output, String errors) {

    static CommandRun of(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine(new Invocation("scripts/lockstep"))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
