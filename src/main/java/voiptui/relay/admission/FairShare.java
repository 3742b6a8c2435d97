package voiptui.relay.admission;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides who gives way to a newcomer when all places are taken, so that nobody who signs in many times can shut out
 * others. Stateless.
 *
 * @param <T> what holds a place
 */
public final class FairShare<T> {

    /** What a place is used for; the first ones are missed least. */
    public enum Use {
        /** Nothing was ever heard of its holder. */
        UNUSED,
        /** Its holder waits for a call. */
        IDLE,
        /** Its holder is in a call. */
        IN_CALL
    }

    private final int places;
    private final Function<T, Use> useOf;

    /**
     * Creates the rule.
     *
     * @param places the number of places
     * @param useOf what a holder uses its place for
     */
    public FairShare(int places, Function<T, Use> useOf) {
        this.places = places;
        this.useOf = useOf;
    }

    /**
     * Returns the holder that gives way: the {@linkplain #leastMissed least missed} one of the owner with the most places,
     * if that owner has more than its {@linkplain ClientLimits#share share} and would still have at least as many as the newcomer's owner. A
     * call is ended only for an owner of more than half of all places.
     *
     * @param holders all holders, oldest first
     * @param ownerOf whose places are counted together, such as those of one address
     * @param newcomer the owner that needs a place
     * @return empty: nobody has too many
     */
    public Optional<T> whoGivesWay(Collection<? extends T> holders, Function<T, ?> ownerOf, Object newcomer) {
        Map<Object, Integer> counts = new HashMap<>();
        holders.forEach(holder -> counts.merge(Objects.requireNonNull(ownerOf.apply(holder)), 1, Integer::sum));
        Map.Entry<Object, Integer> greatest =
                counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
        if (greatest == null
                || greatest.getValue() <= ClientLimits.share(places)
                || greatest.getValue() <= counts.getOrDefault(newcomer, 0) + 1) {
            return Optional.empty();
        }
        List<? extends T> owned = holders.stream()
                .filter(holder -> greatest.getKey().equals(ownerOf.apply(holder)))
                .toList();
        return leastMissed(owned, greatest.getValue() > places / 2);
    }

    /**
     * Returns the newest one of those whose use of their places is the least.
     *
     * @param holders oldest first
     * @param evenInCall whether one that is in a call may be returned, if all are
     */
    public Optional<T> leastMissed(Collection<? extends T> holders, boolean evenInCall) {
        T least = null;
        for (T holder : holders) {
            if (least == null || useOf.apply(holder).compareTo(useOf.apply(least)) <= 0) {
                least = holder;
            }
        }
        return Optional.ofNullable(least).filter(found -> evenInCall || useOf.apply(found) != Use.IN_CALL);
    }
}
