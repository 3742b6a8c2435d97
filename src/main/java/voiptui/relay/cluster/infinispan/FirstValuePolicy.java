package voiptui.relay.cluster.infinispan;

import java.util.List;
import org.infinispan.conflict.EntryMergePolicy;
import org.infinispan.container.entries.CacheEntry;
import org.jspecify.annotations.Nullable;
import voiptui.relay.cluster.node.SharedValue;

/** Keeps the first value of an entry when parts of the cluster find each other again. Stateless; any thread. */
final class FirstValuePolicy implements EntryMergePolicy<String, String> {

    @Override
    public @Nullable CacheEntry<String, String> merge(
            @Nullable CacheEntry<String, String> preferred, List<CacheEntry<String, String>> others) {
        CacheEntry<String, String> kept = preferred;
        for (CacheEntry<String, String> other : others) {
            if (kept == null
                    || !kept.getValue().equals(other.getValue())
                            && SharedValue.first(kept.getValue(), other.getValue())
                                    .equals(other.getValue())) {
                kept = other;
            }
        }
        return kept;
    }
}
