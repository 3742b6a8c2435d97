package voiptui.fuzz;

import java.util.Locale;
import java.util.function.Consumer;

/** The fuzz targets. */
enum FuzzTarget {
    /** The control stream of a v2 client, at the relay. */
    CONTROL_STREAM(ControlStreamFuzz::fuzzerTestOneInput, 200),
    /** One message of a v2 client, at the relay. */
    CLIENT_MESSAGE(ClientMessageFuzz::fuzzerTestOneInput, 1000),
    /** One message of a relay, at the client. */
    RELAY_MESSAGE(RelayMessageFuzz::fuzzerTestOneInput, 1000),
    /** A classic control connection, at the relay. */
    CLASSIC_CONTROL(ClassicControlFuzz::fuzzerTestOneInput, 500),
    /** Datagrams at the relay: media and binds. */
    RELAY_DATAGRAM(RelayDatagramFuzz::fuzzerTestOneInput, 200),
    /** Datagrams at the client: RTP with its repairs, RTCP. */
    CLIENT_DATAGRAM(ClientDatagramFuzz::fuzzerTestOneInput, 200),
    /** One datagram, read by each reader of media packets by itself. */
    PACKET(PacketFuzz::fuzzerTestOneInput, 1000),
    /** The payload of an Opus packet. */
    OPUS_PAYLOAD(OpusPayloadFuzz::fuzzerTestOneInput, 1000),
    /** Files that people edit: names of a relay, known relays. */
    FILE(FileFuzz::fuzzerTestOneInput, 40),
    /** Addresses as texts. */
    ADDRESS_TEXT(AddressTextFuzz::fuzzerTestOneInput, 1000);

    private final Consumer<byte[]> entry;
    private final int mutations;

    FuzzTarget(Consumer<byte[]> entry, int mutations) {
        this.entry = entry;
        this.mutations = mutations;
    }

    /** Returns how many damaged copies of its seeds take some tenths of a second. */
    int mutations() {
        return mutations;
    }

    /** Returns the folder of its seeds below {@code src/test/resources/fuzz}. */
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Runs one input.
     *
     * @throws AssertionError if a promise is broken
     */
    void run(byte[] input) {
        entry.accept(input);
    }
}
