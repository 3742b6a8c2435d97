package voiptui.relay.call;

import java.net.InetSocketAddress;

/**
 * What the classic side of the relay asks of the second protocol's, and tells it. Owned by the control thread.
 */
interface ClassicRegistryListener {

    /** A relay where nobody speaks the second protocol. */
    ClassicRegistryListener NOBODY = new ClassicRegistryListener() {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public boolean isTaken(InetSocketAddress source) {
            return false;
        }

        @Override
        public void onWaiting(ClassicClient client) {
            // nobody is there to be rung
        }

        @Override
        public void onUnavailable(ClassicClient client) {
            // it had nothing to do with a station
        }

        @Override
        public void beforeReplacing(ClassicClient former) {
            // as above
        }

        @Override
        public void afterReplacing(ClassicClient former, ClassicClient heir) {
            // as above
        }
    };

    /** How many stations are signed in, or may come back. */
    int size();

    /** Whether a station's media comes from {@code source}. */
    boolean isTaken(InetSocketAddress source);

    /** {@code client} has nobody to talk with on its own side; told as often as that is found out. */
    void onWaiting(ClassicClient client);

    /**
     * {@code client} is about to be forgotten, names another target, or has found somebody on its own side: whatever it
     * had with a station is over. Its flow is unpaired on return.
     */
    void onUnavailable(ClassicClient client);

    /** {@code former} is about to give way to its heir. Its flow is unpaired on return. */
    void beforeReplacing(ClassicClient former);

    /** {@code heir} is what {@code former} was: same address, same target. */
    void afterReplacing(ClassicClient former, ClassicClient heir);
}
