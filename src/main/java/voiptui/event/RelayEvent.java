package voiptui.event;

import java.util.List;
import java.util.Map;

/** Facts about a relay. Addresses are texts of the form {@code 192.0.2.1:5000}, fit to print. */
public sealed interface RelayEvent extends Event {

    /** Whether it happens all the time in good health, so that a log mentions it only when asked to. */
    default boolean isRoutine() {
        return false;
    }

    /**
     * The relay listens.
     *
     * @param control where it takes control connections (TCP)
     * @param media where it takes media (UDP)
     * @param maxClients how many clients it registers at most
     */
    record Started(String control, String media, int maxClients) implements RelayEvent {
        @Override
        public String eventName() {
            return "started";
        }
    }

    /**
     * Who the relay is to those who speak the second protocol; told right after {@link Started}.
     *
     * @param fingerprint of its certificate
     */
    record RelayIdentity(String fingerprint) implements RelayEvent {
        @Override
        public String eventName() {
            return "identity";
        }
    }

    /**
     * A client registered, or registered again.
     *
     * @param client its address and announced UDP port
     * @param target the IP that it wants to talk with
     * @param again whether it replaced a registration of its own
     * @param clients how many are registered now
     */
    record Registered(String client, String target, boolean again, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "registered";
        }
    }

    /** Two clients named each other: their media is passed on from now on. */
    record Paired(String client, String peer) implements RelayEvent {
        @Override
        public String eventName() {
            return "paired";
        }
    }

    /** A client's packets come from another port than it announced: its NAT's. */
    record SourceLearned(String client, String source) implements RelayEvent {
        @Override
        public String eventName() {
            return "source_learned";
        }
    }

    /** A client sent end-of-transmission or said DISCONNECT, and is forgotten. */
    record Left(String client, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "left";
        }
    }

    /** A client sent no heartbeat for {@code silentMs}, and is forgotten. */
    record Expired(String client, long silentMs, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "expired";
        }
    }

    /**
     * A control message was answered as usual.
     *
     * @param client who sent it
     * @param request what it said, e.g. {@code HEARTBEAT}
     * @param reply what it was answered
     */
    record Answered(String client, String request, String reply) implements RelayEvent {
        @Override
        public String eventName() {
            return "answered";
        }

        @Override
        public boolean isRoutine() {
            return true;
        }
    }

    /**
     * A control message was not granted.
     *
     * @param client who sent it
     * @param reply what it was answered
     * @param why the reason, for people
     */
    record Refused(String client, String reply, String why) implements RelayEvent {
        @Override
        public String eventName() {
            return "refused";
        }
    }

    /** Something that the relay survived but its owner should know. */
    record Warning(String text) implements RelayEvent {
        @Override
        public String eventName() {
            return "warning";
        }
    }

    /** All totals of the relay, each minute when one has changed. */
    record Totals(Map<Counter, Long> counters, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "counters";
        }
    }

    /**
     * One client, as a relay's screen shows it.
     *
     * @param client its address and announced UDP port
     * @param target the IP that it wants to talk with
     * @param peer whom it is connected with; {@code null} while there is nobody
     * @param registeredMs time since it registered, in milliseconds
     * @param packets datagrams that came from it since it registered
     * @param bytes bytes of payload in them
     * @param silentMs time since the last of them, or since the registration if none came, in milliseconds
     */
    record ClientStatus(String client, String target, String peer, long registeredMs, long packets, long bytes,
            long silentMs) {
    }

    /**
     * How the relay is at this moment. Published only when somebody wants to see it.
     *
     * @param uptimeMs time since the start, in milliseconds
     * @param clients who is registered, the oldest first
     * @param counters all totals
     * @param cpuMs processor time that the process has used, in milliseconds; -1 where the system does not tell
     * @param residentBytes memory of the process; -1 where the system does not tell
     */
    record Status(long uptimeMs, List<ClientStatus> clients, Map<Counter, Long> counters, long cpuMs,
            long residentBytes) implements RelayEvent {
        @Override
        public String eventName() {
            return "status";
        }

        @Override
        public boolean isReading() {
            return true;
        }

        @Override
        public boolean isRoutine() {
            return true;
        }
    }

    /** The relay stopped; all totals over its life. */
    record Stopped(long uptimeMs, Map<Counter, Long> counters) implements RelayEvent {
        @Override
        public String eventName() {
            return "stopped";
        }
    }
}
