package dev.lockstep.job;

import dev.lockstep.run.Plan;

/** What a run was told to do: which stack, what to ask it, and on which machine. */
record Assignment(RunRequest request, Plan plan, Workplace workplace) {}
