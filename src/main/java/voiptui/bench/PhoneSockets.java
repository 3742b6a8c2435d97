package voiptui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The UDP sockets of many phones. One thread sends, another receives, and any may open. */
interface PhoneSockets extends AutoCloseable {

    /** Takes what has arrived. */
    @FunctionalInterface
    interface Receiver {

        /**
         * Takes a datagram, which is between position and limit until this returns. Receiving thread.
         *
         * @param arrivedNs when it arrived, by {@link WallClock}
         */
        void onDatagram(MediaPhone phone, ByteBuffer datagram, long arrivedNs);
    }

    /** Opens a phone's socket; returns its port. Any thread. */
    int open(MediaPhone phone) throws IOException;

    /** Returns an empty buffer for the next datagram. Sending thread. */
    ByteBuffer buffer();

    /** Sends what was written to {@link #buffer}, at once or with {@link #flush}. What cannot be sent is lost. Sending thread. */
    void send(MediaPhone phone);

    /** Sends what waits. Sending thread. */
    void flush();

    /** Waits until datagrams have arrived or {@link #wakeup} is called, and passes them on. Receiving thread. */
    void receive(Receiver receiver) throws IOException;

    /** Ends a wait. Any thread. */
    void wakeup();

    /** Closes the sockets, after the threads have ended. */
    @Override
    void close() throws IOException;
}
