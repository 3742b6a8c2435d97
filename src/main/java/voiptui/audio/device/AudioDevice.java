package voiptui.audio.device;

import java.util.List;

/**
 * A microphone or speaker of this machine.
 *
 * @param index its place in the list of inputs or of outputs, from 0; not the same for ever
 * @param name what the system calls it, unique in its list
 * @param description what else the system says about it, or an empty string
 * @param formats the sample formats it takes, for people: {@code 16 bit mono}
 */
public record AudioDevice(int index, String name, String description, List<String> formats) {

    /** Copies the list. */
    public AudioDevice {
        formats = List.copyOf(formats);
    }
}
