package voiptui.demo.speech;

/** The discrete Fourier transform of a fixed length (Cooley and Tukey, 1965). Owned by one thread. */
public final class FourierTransform {

    private final int size;
    private final double[] cosines;
    private final double[] sines;

    /** Prepares for a length that is a power of two. */
    public FourierTransform(int size) {
        this.size = size;
        this.cosines = new double[size / 2];
        this.sines = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = -Math.sin(2 * Math.PI * i / size);
        }
    }

    /** Returns the length. */
    public int size() {
        return size;
    }

    /** Transforms a complex signal in place. */
    public void apply(double[] re, double[] im) {
        reorder(re, im);
        for (int length = 2; length <= size; length <<= 1) {
            int step = size / length;
            for (int start = 0; start < size; start += length) {
                for (int k = 0; k < length / 2; k++) {
                    double cos = cosines[k * step];
                    double sin = sines[k * step];
                    int low = start + k;
                    int high = low + length / 2;
                    double x = re[high] * cos - im[high] * sin;
                    double y = re[high] * sin + im[high] * cos;
                    re[high] = re[low] - x;
                    im[high] = im[low] - y;
                    re[low] += x;
                    im[low] += y;
                }
            }
        }
    }

    /** Transforms a spectrum back in place; the signal is {@link #size} times what it was. */
    public void invert(double[] re, double[] im) {
        apply(im, re);
    }

    private void reorder(double[] re, double[] im) {
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double swap = re[i];
                re[i] = re[j];
                re[j] = swap;
                swap = im[i];
                im[i] = im[j];
                im[j] = swap;
            }
        }
    }
}
