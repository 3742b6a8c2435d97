package voiptui.relay.call;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A set of calls, oldest first, that tells an observer which call was added or removed. Owned by the control thread. */
final class ObservedCalls extends AbstractSet<Call> {

    /** Immutable while empty: most clients are in no call. */
    private Set<Call> calls = Set.of();

    private final Consumer<Call> observer;

    ObservedCalls(Consumer<Call> observer) {
        this.observer = observer;
    }

    @Override
    public boolean add(Call call) {
        if (calls.isEmpty()) {
            calls = new LinkedHashSet<>();
        }
        boolean added = calls.add(call);
        if (added) {
            observer.accept(call);
        }
        return added;
    }

    @Override
    public boolean contains(Object call) {
        return !calls.isEmpty() && calls.contains(call);
    }

    @Override
    public boolean remove(Object call) {
        if (calls.isEmpty() || !calls.remove(call)) {
            return false;
        }
        if (calls.isEmpty()) {
            calls = Set.of();
        }
        observer.accept((Call) call);
        return true;
    }

    @Override
    public void clear() {
        Set.copyOf(calls).forEach(this::remove);
    }

    /** {@inheritDoc} The iterator does not remove. */
    @Override
    public Iterator<Call> iterator() {
        Iterator<Call> each = calls.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public Call next() {
                return each.next();
            }
        };
    }

    @Override
    public int size() {
        return calls.size();
    }
}
