package voiptui.demo.network;

/** A path that does to packet after packet what a {@link NetworkTrace} says. */
final class TracePath implements ImpairedPath {

    private static final double NS_PER_MS = 1e6;

    private final NetworkTrace trace;
    private int next;
    private long arrivalNs;

    TracePath(NetworkTrace trace) {
        this.trace = trace;
    }

    @Override
    public int send(long sentNs, int bytes) {
        double delayMs = trace.delayMs(next);
        next = (next + 1) % trace.packets();
        if (Double.isNaN(delayMs)) {
            return 0;
        }
        arrivalNs = sentNs + (long) (delayMs * NS_PER_MS);
        return 1;
    }

    @Override
    public long arrivalNs(int copy) {
        return arrivalNs;
    }
}
