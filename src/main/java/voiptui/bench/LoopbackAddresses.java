package voiptui.bench;

import java.io.IOException;
import java.net.InetAddress;

/** Addresses of 127.0.0.0/8 for phones on the relay's own machine, one each. */
final class LoopbackAddresses {

    private static final int PER_BYTE = 250;
    private static final int BYTE = 0xff;

    private LoopbackAddresses() {}

    /** Returns the address of a phone, counted from 0. */
    static InetAddress of(int index) throws IOException {
        return InetAddress.getByAddress(new byte[] {
            127,
            (byte) (1 + index / (PER_BYTE * PER_BYTE)),
            (byte) (index / PER_BYTE % PER_BYTE),
            (byte) (1 + index % PER_BYTE)
        });
    }

    /** Returns whose address it is; negative or too great: nobody's. */
    static int indexOf(int ipv4) {
        return (((ipv4 >>> 16 & BYTE) - 1) * PER_BYTE + (ipv4 >>> 8 & BYTE)) * PER_BYTE + (ipv4 & BYTE) - 1;
    }
}
