package voiptui.protocol;

/** Message between two relays of a cluster; {@code protocol.md}, section 7. */
public sealed interface ClusterMessage {

    /** The version of these messages. Later versions add types and fields, which earlier ones ignore. */
    int VERSION = 1;

    /**
     * Introduces a relay to another one. Either sends it when it sees the other, and answers the other's.
     *
     * @param version {@link #VERSION} of the sender
     * @param relay the fingerprint of the sender's certificate, as text
     * @param program the version of its program, for people
     * @param instance 16 hexadecimal digits, chosen at random by each process
     * @param mediaHost the IP address that it sends and receives other relays' media at
     * @param mediaPort the port of that
     * @param key 64 hexadecimal digits: the key that the receiver is to seal media for the sender with
     * @param isAnswer whether it answers another {@code hello}
     */
    record Hello(
            int version,
            String relay,
            String program,
            String instance,
            String mediaHost,
            int mediaPort,
            String key,
            boolean isAnswer)
            implements ClusterMessage {}

    /**
     * Asks for a call to be announced to the phones of a name.
     *
     * @param to the name
     * @param number seals the media of the callee for the sender
     * @param incoming what the phones are told
     */
    record Invite(String to, int number, RelayMessage.Incoming incoming) implements ClusterMessage {}

    /**
     * A phone has answered a call that the receiver invited to, or is still in a call that the receiver's client rejoins. The receiver
     * confirms with {@code connected} in {@link Told}, or with {@code ended}.
     *
     * @param number seals the media of the caller for the sender
     * @param name the phone's name
     * @param fingerprint the fingerprint of its certificate, as text
     * @param accept its answer
     */
    record Answer(int number, String name, String fingerprint, ClientMessage.Accept accept) implements ClusterMessage {}

    /**
     * A client of the sender, which has come from another relay, is in a call with a client of the receiver, perhaps.
     *
     * @param number seals the media of the receiver's client for the sender
     * @param name the client's name
     * @param fingerprint the fingerprint of its certificate, as text
     * @param rejoin what the client said
     */
    record Rejoin(int number, String name, String fingerprint, ClientMessage.Rejoin rejoin) implements ClusterMessage {}

    /**
     * The sender states that the receiver belongs to its cluster. Follows {@code hello}, and is repeated before it is too old.
     *
     * @param statement for the receiver's clients; see {@code identity.RelayStatement}. Not checked
     */
    record Vouch(String statement) implements ClusterMessage {}

    /** Passes on what a party of a call is told: {@code progress}, {@code connected} or {@code ended}. */
    record Told(RelayMessage message) implements ClusterMessage {}

    /** Asks whether a call goes on; if not, the answer is {@code ended}. */
    record Check(String call) implements ClusterMessage {}
}
