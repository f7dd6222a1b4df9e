package dev.lockstep.junit;

import org.junit.platform.engine.support.hierarchical.Node;

/**
 * A node of the tree: {@code suite → [cases → case*, verdict]}.
 *
 * <p>Cases lie in a container of their own that runs before the verdict in the same thread, so that the verdict comes after
 * the last case although cases run side by side.
 */
sealed interface EvalNode extends Node<EvalContext>
        permits SuiteDescriptor, CasesDescriptor, CaseDescriptor, VerdictDescriptor {

    /** Returns the place among the siblings; equal for those that keep the order of their selectors. */
    int order();
}
