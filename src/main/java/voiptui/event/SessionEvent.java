package voiptui.event;

/** Facts and readings about a client's line to a relay of the second protocol: who we are there, and how media goes. */
public sealed interface SessionEvent extends Event {

    /** The way that media takes to the relay and back. */
    enum MediaPath {
        /** None was found yet. */
        NONE,
        /** UDP. */
        UDP,
        /** The TLS connection, since UDP does not get through. */
        TUNNEL
    }

    /**
     * The relay showed its certificate.
     *
     * @param relay the relay as the user named it
     * @param fingerprint its fingerprint
     * @param isNew whether it was pinned just now, at first use
     */
    record RelayVerified(String relay, String fingerprint, boolean isNew) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_verified";
        }
    }

    /**
     * The relay took us.
     *
     * @param name what we are called by there
     * @param seenAs the address that it sees us at
     * @param resumed whether it still knew us
     */
    record SignedIn(String name, String seenAs, boolean resumed) implements SessionEvent {
        @Override
        public String eventName() {
            return "signed_in";
        }
    }

    /**
     * The connection to the relay is gone, or a try to have it back failed.
     *
     * @param problem what went wrong, for people
     * @param attempt how many tries have failed since
     * @param retryInMs time until the next one
     */
    record SessionLost(String problem, int attempt, long retryInMs) implements SessionEvent {
        @Override
        public String eventName() {
            return "session_lost";
        }
    }

    /** The relay speaks the classic protocol only, and so do we now: in the clear, and by address. */
    record FellBackToClassic(String relay) implements SessionEvent {
        @Override
        public String eventName() {
            return "fell_back_to_classic";
        }
    }

    /**
     * Media goes another way.
     *
     * @param path which one from now on
     * @param seenAs the address and port that the relay sees our datagrams come from; an empty string without UDP
     */
    record PathChanged(MediaPath path, String seenAs) implements SessionEvent {
        @Override
        public String eventName() {
            return "path";
        }
    }

    /**
     * How far away the relay is, by UDP.
     *
     * @param rttMs there and back, in milliseconds
     */
    record PathReading(double rttMs) implements SessionEvent {
        @Override
        public String eventName() {
            return "path_reading";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }
}
