package voiptui.relay.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voiptui.relay.directory.Directory;
import voiptui.relay.directory.NameClaim;
import voiptui.relay.directory.SharedDirectory;

/** Keeps this relay's names and blocks in step with those of the other relays. Owned by the control thread. */
final class ClusterDirectory implements SharedDirectory {

    private final String relay;
    private final Directory directory;
    private final JoinedNode node;
    /** What the operators of the other relays have blocked, by relay. */
    private final Map<String, Set<String>> blocks = new HashMap<>();

    /**
     * Creates the shared part of a directory.
     *
     * @param relay the fingerprint of this relay's certificate, as text
     */
    ClusterDirectory(String relay, Directory directory, JoinedNode node) {
        this.relay = relay;
        this.directory = directory;
        this.node = node;
    }

    /** A name has another owner; null: none any more. What is malformed is ignored. */
    void onOwner(String name, @Nullable String value) {
        if (value == null) {
            directory.forget(name);
            return;
        }
        NameClaim claim = SharedEntries.claim(value);
        if (claim != null) {
            NameClaim counts = directory.learn(name, claim);
            if (!counts.fingerprint().equals(claim.fingerprint())) {
                onClaimed(name, counts);
            }
        }
    }

    /** The operator of a relay has changed its blocks; null: it has none any more. This relay's own are ignored. */
    void onBlocksOf(String blocking, @Nullable String value) {
        if (blocking.equals(relay)) {
            return;
        }
        blocks.put(blocking, value == null ? Set.of() : SharedEntries.blocks(value));
        Set<String> all = new HashSet<>();
        blocks.values().forEach(all::addAll);
        directory.useBlocksOfOthers(all);
    }

    /** Shares again what the entries of the cluster lack of this relay's names and blocks. */
    void compare(Map<String, String> entries) {
        directory.claims().forEach((name, claim) -> {
            if (!SharedEntries.value(claim).equals(entries.get(SharedEntries.ownerKey(name)))) {
                onClaimed(name, claim);
            }
        });
        Set<String> ownBlocks = directory.ownBlocks();
        if (!SharedEntries.value(ownBlocks).equals(entries.get(SharedEntries.blocksKey(relay)))) {
            onBlocks(ownBlocks);
        }
    }

    @Override
    public void onClaimed(String name, NameClaim claim) {
        node.putFirst(SharedEntries.ownerKey(name), SharedEntries.value(claim));
    }

    @Override
    public void onRemoved(String name) {
        node.remove(List.of(SharedEntries.ownerKey(name)));
    }

    @Override
    public void onBlocks(Set<String> entries) {
        node.put(SharedEntries.blocksKey(relay), SharedEntries.value(entries));
    }
}
