package voiptui.audio.wav;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Texts for people about file errors. */
final class FileErrorText {

    private FileErrorText() {}

    /** Returns the system's error message without the path: {@code Permission denied}. */
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
        String text = open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
        return text.lines().findFirst().orElse(text);
    }
}
