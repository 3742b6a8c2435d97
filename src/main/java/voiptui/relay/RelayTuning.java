package voiptui.relay;

/**
 * What the machine decides rather than the user.
 *
 * @param socketPerClient whether each client gets a UDP socket of its own
 * @param maxControlConnections how many control connections may be open at once
 */
record RelayTuning(boolean socketPerClient, int maxControlConnections) {

    /**
     * What fits here. Several connected sockets on one port are tried and known to work on Linux; other systems differ
     * in what they make of them, and get along with the shared socket.
     */
    static RelayTuning forThisMachine() {
        return new RelayTuning("Linux".equals(System.getProperty("os.name")), DescriptorLimit.maxControlConnections());
    }
}
