package voiptui.call.classic;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import voiptui.net.TcpExchange;
import voiptui.protocol.ClassicRequest;

/**
 * Asks the relay, one question after the other, on a thread that may wait for answers.
 *
 * <p>The answer is handed over on this thread. {@link #close} gives up a question that is under way.
 */
final class ControlClient implements AutoCloseable {

    private final TcpExchange relay;
    private final Consumer<ControlReply> answered;
    private final BlockingQueue<ClassicRequest> questions = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "voiptui-control");

    ControlClient(TcpExchange relay, Consumer<ControlReply> answered, Thread.UncaughtExceptionHandler onBug) {
        this.relay = relay;
        this.answered = answered;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
    }

    void start() {
        thread.start();
    }

    void ask(ClassicRequest request) {
        questions.add(request);
    }

    private void run() {
        try {
            while (true) {
                ClassicRequest request = questions.take();
                answered.accept(ControlReply.of(request, relay.ask(request.wire())));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread; one that is waiting for the network ends with its time-out, and keeps nobody from leaving. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
