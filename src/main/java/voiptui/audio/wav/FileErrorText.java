package voiptui.audio.wav;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What went wrong with a file, in words for people. */
final class FileErrorText {

    private FileErrorText() {}

    /** The system's own words, without the path in front: {@code Permission denied}. */
    static String of(IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String message = problem instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : problem.getMessage();
        if (message == null || message.isBlank()) {
            return problem.getClass().getSimpleName();
        }
        int open = message.lastIndexOf('(');
        String words = open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
        return words.lines().findFirst().orElse(words);
    }
}
