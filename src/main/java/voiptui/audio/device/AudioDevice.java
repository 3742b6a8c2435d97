package voiptui.audio.device;

import java.util.List;

/**
 * A microphone or speaker of this machine.
 *
 * @param index position in the list of inputs or outputs, from 0; changes when devices come and go
 * @param name the system's name for it, unique in its list
 * @param description what else the system says about it; may be empty
 * @param formats the sample formats it supports, for people: {@code 16 bit mono}
 */
public record AudioDevice(int index, String name, String description, List<String> formats) {

    /** Copies the list. */
    public AudioDevice {
        formats = List.copyOf(formats);
    }
}
