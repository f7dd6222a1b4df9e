/** What a lock says to other tools, and what theirs say of its files: in-toto statements, CycloneDX, signatures of models. */
@NullMarked
package dev.lockstep.interchange;

import org.jspecify.annotations.NullMarked;
