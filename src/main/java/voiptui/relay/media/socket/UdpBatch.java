package voiptui.relay.media.socket;

/** Whether the relay reads and writes datagrams in batches, through one socket for all clients. */
public enum UdpBatch {

    /** In batches where the system can do that, and grants a buffer that bears a flood; else one by one. */
    AUTO,
    /** In batches, or not at all. */
    ON,
    /** One by one, with a socket for each client. */
    OFF
}
