package dev.lockstep.evidence;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.interchange.ModelSignature;
import dev.lockstep.interchange.VerifyingKey;
import dev.lockstep.stack.EvidenceRules;
import java.nio.file.Path;
import java.util.SortedMap;

/** The files that a signature of the OpenSSF's model_signing lists, where it is of the key that stack.yaml names. */
final class SignedDigests {
    private SignedDigests() {}

    /** Returns their SHA-256. @throws LockstepException of kind CONFIG when somebody else signed the list, or it holds none */
    static SortedMap<String, String> of(EvidenceRules.Digests digests) {
        ModelSignature signature = ModelSignature.read(digests.file());
        VerifyingKey key = VerifyingKey.read(Path.of(digests.reference()));
        if (!signature.isSignedBy(key)) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    digests.file() + ": is not signed with the key in " + digests.reference()
                            + ": another one signed the list, or it was changed afterwards; ask " + digests.source()
                            + " which key is theirs");
        }
        SortedMap<String, String> listed = signature.sha256();
        if (listed.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    digests.file()
                            + ": lists no SHA-256 of a whole file, only of shards or by another hash; sign the model"
                            + " with SHA-256, file by file");
        }
        return listed;
    }
}
