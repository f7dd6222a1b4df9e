/** What every package writes and reads: errors with a kind, positions in files, canonical JSON, digests, files written whole. */
@NullMarked
package dev.lockstep.document;

import org.jspecify.annotations.NullMarked;
