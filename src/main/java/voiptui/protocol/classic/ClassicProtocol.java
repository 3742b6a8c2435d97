package voiptui.protocol.classic;

/**
 * The numbers that the existing classic programs use: ports, and the default timing of client and relay. The ports serve
 * v2, too. The layout of the media packet is in {@link voiptui.rtp.ClassicPacket}.
 */
public final class ClassicProtocol {

    /** The relay's TCP port for control connections. */
    public static final int TCP_PORT = 8888;
    /** The relay's UDP port for media; a classic client expects no other. */
    public static final int UDP_PORT = 9999;

    /** Client: how long to wait for each answer from the relay, in milliseconds. */
    public static final int ANSWER_TIMEOUT_MS = 2_000;
    /** Client: how often to try to register before giving up. */
    public static final int ATTEMPTS = 3;
    /** Client: time between two heartbeats, in milliseconds. */
    public static final int HEARTBEAT_MS = 30_000;

    /** Relay: the most clients at a time. */
    public static final int MAX_CLIENTS = 10;
    /** Relay: how long a control connection may take to send its message, in milliseconds. */
    public static final int TCP_TIMEOUT_MS = 30_000;
    /** Relay: how long a client without a heartbeat is kept, in milliseconds: four of its heartbeats. */
    public static final int CLIENT_TIMEOUT_MS = 4 * HEARTBEAT_MS;
    /** Relay: how often expired clients are looked for, in milliseconds. */
    public static final int SWEEP_INTERVAL_MS = 10_000;

    private ClassicProtocol() {}
}
