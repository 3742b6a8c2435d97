package voiptui.audio.device;

/** How much audio a device takes or delivers at a time: the less, the shorter the delay, and the more processor time it costs. */
public enum BufferSize {
    /** For the shortest delay. */
    SMALL,
    /** For a short delay where voice processing adds its own. */
    USUAL,
    /** For little processor time, where nothing else adds to the delay. */
    LARGE
}
