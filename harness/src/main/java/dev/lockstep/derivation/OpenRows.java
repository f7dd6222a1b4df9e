package dev.lockstep.derivation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tensors that are open for one comparison, and closed after it. */
final class OpenRows implements AutoCloseable {
    private final List<NumberRows> open = new ArrayList<>();

    Optional<NumberRows> of(WeightFiles files, String name) {
        Optional<NumberRows> rows = files.open(name);
        rows.ifPresent(open::add);
        return rows;
    }

    @Override
    public void close() {
        open.forEach(NumberRows::close);
    }
}
