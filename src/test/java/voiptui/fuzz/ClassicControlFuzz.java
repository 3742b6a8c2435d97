package voiptui.fuzz;

import java.util.Arrays;
import java.util.Optional;
import voiptui.event.Counter;
import voiptui.protocol.ClassicReply;
import voiptui.protocol.ClassicRequest;
import voiptui.relay.control.ClassicDialogue;

/**
 * A classic control connection. The first byte tells in what pieces the rest arrives, and whether the client then closes its side or
 * waits.
 */
public final class ClassicControlFuzz {

    private static final int CLOSES = 0x80;
    private static final int PIECE_MASK = 0x3f;

    private ClassicControlFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] message = Arrays.copyOfRange(data, 1, data.length);
        checkParser(message);
        checkConnection(message, 1 + (data[0] & PIECE_MASK), (data[0] & CLOSES) != 0);
    }

    private static void checkParser(byte[] message) {
        Optional<ClassicRequest> request = ClassicRequest.parse(message);
        if (request.isPresent()) {
            Promise.check(message.length <= ClassicRequest.MAX_BYTES, "a request has a limit", message.length);
            Promise.check(
                    ClassicRequest.parse(request.get().wire()).equals(request), "reads as it is written", request);
        }
        boolean over = false;
        for (int length = 0; length < Math.min(message.length, 2 * ClassicRequest.MAX_BYTES); length++) {
            over |= !ClassicRequest.mayContinue(Arrays.copyOf(message, length));
            Promise.check(
                    !over
                            || ClassicRequest.parse(Arrays.copyOf(message, length + 1))
                                    .isEmpty(),
                    "what cannot continue does not become a request",
                    length);
        }
        Promise.check(!over || request.isEmpty(), "what cannot continue does not become a request");
    }

    private static void checkConnection(byte[] message, int pieceBytes, boolean closes) {
        ClassicDialogue dialogue = new ClassicDialogue();
        for (int at = 0; at < message.length; at += pieceBytes) {
            dialogue.send(message, at, Math.min(message.length, at + pieceBytes));
        }
        if (closes) {
            dialogue.closeInput();
        }
        dialogue.passMs(ClassicDialogue.TIMEOUT_MS);
        String answers = dialogue.answers();
        checkAnswer(heard(message, pieceBytes), closes, answers);
        Promise.check(dialogue.count(Counter.CONTROL_CONNECTIONS) == 1, "a connection counts once");
        checkCount(dialogue, Counter.CONTROL_INVALID, answers.equals(ClassicReply.INVALID.name()));
        checkCount(dialogue, Counter.CONTROL_TIMEOUT, answers.equals(ClassicReply.TIMEOUT.name()));
        checkCount(dialogue, Counter.REGISTRATIONS, answers.equals(ClassicReply.WELCOME.name()));
        dialogue.close();
    }

    /** Returns the pieces up to the one after which nothing else could make a request: what follows is not looked at. */
    private static byte[] heard(byte[] message, int pieceBytes) {
        int length = 0;
        while (length < message.length && ClassicRequest.mayContinue(Arrays.copyOf(message, length))) {
            length = Math.min(message.length, length + pieceBytes);
        }
        return Arrays.copyOf(message, length);
    }

    /** The relay says one thing at most. */
    private static void checkAnswer(byte[] message, boolean closes, String answer) {
        if (message.length == 0) {
            Promise.check(answer.equals(closes ? "" : ClassicReply.TIMEOUT.name()), "nothing said, nothing to answer");
            return;
        }
        String expected = ClassicRequest.parse(message)
                .map(request -> request instanceof ClassicRequest.Hello
                        ? ClassicReply.WELCOME
                        : request instanceof ClassicRequest.Heartbeat ? ClassicReply.ALIVE : ClassicReply.BYE)
                .orElse(ClassicReply.INVALID)
                .name();
        Promise.check(answer.equals(expected), "one answer, to the whole message", answer, expected);
    }

    private static void checkCount(ClassicDialogue dialogue, Counter counter, boolean counted) {
        Promise.check(dialogue.count(counter) == (counted ? 1 : 0), "an answer is counted", counter);
    }
}
