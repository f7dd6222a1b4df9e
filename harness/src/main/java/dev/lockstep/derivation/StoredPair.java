package dev.lockstep.derivation;

import java.util.Optional;

/**
 * Where an adapter keeps what it says of one matrix; its numbers are read when they are needed, for an adapter may be large.
 *
 * @param down name of the tensor A
 * @param up name of the tensor B
 * @param lengths name of the tensor of the lengths of rows; empty in LoRA
 * @param alpha what the product is multiplied by, times the rank; empty for a product that stays as it is
 * @param isOverRoot whether alpha is divided by the root of the rank, as rank-stabilized LoRA does
 */
record StoredPair(
        WeightFiles files,
        String down,
        String up,
        Optional<String> lengths,
        Optional<Double> alpha,
        boolean isOverRoot) {

    LowRankPair read() {
        try (OpenRows open = new OpenRows()) {
            double[][] ofRank = rows(open, down);
            return new LowRankPair(
                    ofRank, rows(open, up), lengths.map(name -> rows(open, name)[0]), scale(ofRank.length));
        }
    }

    private double[][] rows(OpenRows open, String name) {
        return open.of(files, name).orElseThrow().all();
    }

    private double scale(int rank) {
        return alpha.map(given -> given / (isOverRoot ? Math.sqrt(rank) : rank)).orElse(1.0);
    }
}
