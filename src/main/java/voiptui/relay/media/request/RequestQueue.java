package voiptui.relay.media.request;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What other threads ask of one media thread. Requests are carried out in the order in which one thread made them. Requests about a flow
 * that another media thread still has are kept until it has let go of it, and then carried out in that order.
 *
 * <p>A flow is handed over in two steps: the thread that decides calls {@link #expect} at the queue of the new thread and only then asks
 * the former one to let go of the flow; that one does so and calls {@link #handOver} at the queue of the new one. So each flow is with
 * one thread at any time, nothing waits, and no lock is held.
 *
 * <p>Any thread may add; the media thread takes.
 */
public final class RequestQueue<F> {

    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    /** The flows that are to come, with what is to be done then. Owned by the media thread. */
    private final Map<F, Deque<Runnable>> expected = new IdentityHashMap<>();

    /** Adds a request. Any thread. */
    public void add(Runnable request) {
        requests.add(request);
    }

    /** Adds a request about a flow that this thread has or expects. Any thread. */
    public void add(F flow, Runnable request) {
        requests.add(() -> runOrKeep(flow, request));
    }

    /**
     * Announces a flow that another thread has. To be called before that thread is asked to let go of it.
     *
     * @param onArrival carried out first when it has
     */
    public void expect(F flow, Runnable onArrival) {
        add(flow, () -> {
            Deque<Runnable> kept = new ArrayDeque<>();
            kept.add(onArrival);
            expected.put(flow, kept);
        });
    }

    /** Hands over a flow that is expected here. Called by the thread that had it, which no longer touches it. */
    public void handOver(F flow) {
        requests.add(() -> onArrival(flow));
    }

    /** Returns whether there are none. Media thread. */
    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /** Carries out up to {@code most} requests; returns whether there are more. Throws what a request throws. Media thread. */
    public boolean run(int most) {
        for (int done = 0; done < most; done++) {
            Runnable request = requests.poll();
            if (request == null) {
                return false;
            }
            request.run();
        }
        return !requests.isEmpty();
    }

    private void runOrKeep(F flow, Runnable request) {
        Deque<Runnable> kept = expected.isEmpty() ? null : expected.get(flow);
        if (kept == null) {
            request.run();
        } else {
            kept.add(request);
        }
    }

    private void onArrival(F flow) {
        Deque<Runnable> kept = expected.remove(flow);
        if (kept == null) {
            return;
        }
        try {
            while (!kept.isEmpty() && !expected.containsKey(flow)) {
                kept.remove().run();
            }
        } finally {
            keepRest(flow, kept);
        }
    }

    /** Keeps what is left because the flow has left again, and is to come again, or because a request has failed. */
    private void keepRest(F flow, Deque<Runnable> rest) {
        if (rest.isEmpty()) {
            return;
        }
        Deque<Runnable> next = expected.get(flow);
        if (next == null) {
            expected.put(flow, rest);
            handOver(flow);
        } else {
            next.addAll(rest);
        }
    }
}
