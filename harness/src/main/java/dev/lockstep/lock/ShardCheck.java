package dev.lockstep.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether the weights of a model folder are all there: numbered sets, and the files that an index maps tensors to. */
final class ShardCheck {
    private static final int MOST_NAMED = 20;
    private static final String INDEX = ".index.json";

    private final FolderListing listing;
    private final SortedMap<String, String> missing = new TreeMap<>();
    private final SortedMap<String, String> broken = new TreeMap<>();

    private ShardCheck(FolderListing listing) {
        this.listing = listing;
    }

    /** Returns one problem for each file that is missing, and for each index that cannot be read. */
    static List<FileProblem> problems(FolderListing listing) {
        ShardCheck check = new ShardCheck(listing);
        Map<String, Path> files = listing.files();
        files.forEach((path, file) -> {
            if (FileUse.of(path).isWhole(Layer.WEIGHTS)) {
                ShardName.of(path).ifPresent(check::set);
            }
        });
        files.forEach((path, file) -> {
            if (path.endsWith(INDEX)) {
                check.index(path, file);
            }
        });
        check.broken.putAll(check.missing);
        return check.broken.entrySet().stream()
                .limit(MOST_NAMED)
                .map(each -> new FileProblem(listing.folder().resolve(each.getKey()), each.getKey(), each.getValue()))
                .toList();
    }

    private void set(ShardName shard) {
        for (String path : shard.all()) {
            if (!listing.files().containsKey(path)) {
                missing.put(path, "this shard of " + shard.count() + " is missing; fetch the model again");
            }
        }
    }

    private void index(String path, Path file) {
        try {
            WeightIndex index = WeightIndex.read(file);
            if (index.tensors().isEmpty()) {
                broken.put(path, "maps no tensor to a file ('weight_map'); fetch it again");
            }
            index.tensors().forEach((shard, tensor) -> {
                String mapped = path.substring(0, path.lastIndexOf('/') + 1) + shard;
                if (!listing.files().containsKey(mapped)) {
                    missing.put(
                            mapped,
                            "is missing, though " + path + " says that it holds '" + tensor
                                    + "'; fetch the model again");
                }
            });
        } catch (IOException e) {
            broken.put(path, "cannot be read as an index of weights (" + firstLine(e) + "); fetch it again");
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
