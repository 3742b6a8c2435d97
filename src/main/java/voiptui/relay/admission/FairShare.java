package voiptui.relay.admission;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides who gives way to a newcomer when all places are taken, so that nobody who signs in many times can shut out
 * others. Stateless.
 *
 * @param <T> what holds a place
 */
public final class FairShare<T> {

    private final int places;
    private final Predicate<T> isIdle;

    /**
     * Creates the rule.
     *
     * @param places the number of places
     * @param isIdle whether a holder is in no call
     */
    public FairShare(int places, Predicate<T> isIdle) {
        this.places = places;
        this.isIdle = isIdle;
    }

    /**
     * Returns the holder that gives way: the newest idle one of the owner with the most places, if that owner has more
     * than its {@linkplain ClientLimits#share share} and would still have at least as many as the newcomer's owner. A
     * call is ended only for an owner of more than half of all places.
     *
     * @param holders all holders, oldest first
     * @param ownerOf whose places are counted together, such as those of one address
     * @param newcomer the owner that needs a place
     * @return empty: nobody has too many
     */
    public Optional<T> whoGivesWay(Collection<T> holders, Function<T, ?> ownerOf, Object newcomer) {
        Map<Object, Integer> counts = new HashMap<>();
        holders.forEach(holder -> counts.merge(Objects.requireNonNull(ownerOf.apply(holder)), 1, Integer::sum));
        Map.Entry<Object, Integer> greatest =
                counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
        if (greatest == null
                || greatest.getValue() <= ClientLimits.share(places)
                || greatest.getValue() <= counts.getOrDefault(newcomer, 0) + 1) {
            return Optional.empty();
        }
        List<T> owned = holders.stream()
                .filter(holder -> greatest.getKey().equals(ownerOf.apply(holder)))
                .toList();
        return newest(owned, greatest.getValue() > places / 2);
    }

    /** Returns the newest idle one of {@code holders}, oldest first; if none is idle and {@code evenInCall}, the newest. */
    public Optional<T> newest(List<T> holders, boolean evenInCall) {
        return last(holders.stream().filter(isIdle).toList()).or(() -> evenInCall ? last(holders) : Optional.empty());
    }

    private static <T> Optional<T> last(List<T> holders) {
        return holders.isEmpty() ? Optional.empty() : Optional.of(holders.get(holders.size() - 1));
    }
}
