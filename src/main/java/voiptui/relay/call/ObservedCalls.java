package voiptui.relay.call;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A set of calls, oldest first, that tells an observer which call was added or removed. Owned by the control thread. */
final class ObservedCalls extends AbstractSet<Call> {

    private final Set<Call> calls = new LinkedHashSet<>();
    private final Consumer<Call> observer;

    ObservedCalls(Consumer<Call> observer) {
        this.observer = observer;
    }

    @Override
    public boolean add(Call call) {
        boolean added = calls.add(call);
        if (added) {
            observer.accept(call);
        }
        return added;
    }

    @Override
    public boolean contains(Object call) {
        return calls.contains(call);
    }

    @Override
    public boolean remove(Object call) {
        boolean removed = calls.remove(call);
        if (removed) {
            observer.accept((Call) call);
        }
        return removed;
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
