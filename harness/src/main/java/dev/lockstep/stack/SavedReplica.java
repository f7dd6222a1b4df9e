package dev.lockstep.stack;

import dev.lockstep.document.Position;
import java.util.List;
import java.util.Optional;

/**
 * A server as a saved Kubernetes object tells of it.
 *
 * @param pod the pod's name; empty where the object names none
 * @param ports those that it offers
 * @param state why it gets no requests, in words: {@code is not ready}; empty when it gets them
 * @param start that of its containers, where the object tells it
 * @param position where it stands in the file
 */
record SavedReplica(
        String pod, String address, List<Port> ports, String state, Optional<PodStart> start, Position position) {

    SavedReplica {
        ports = List.copyOf(ports);
    }

    /** A port and its name, which may be empty. */
    record Port(String name, int number) {
        boolean isCalled(String wanted) {
            return name.equals(wanted) || Integer.toString(number).equals(wanted);
        }

        @Override
        public String toString() {
            return name.isEmpty() ? Integer.toString(number) : name + " (" + number + ")";
        }
    }

    /** Returns how messages call it. */
    String called() {
        return pod.isEmpty() ? address : pod + " (" + address + ")";
    }
}
