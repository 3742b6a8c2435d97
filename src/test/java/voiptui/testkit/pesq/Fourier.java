package voiptui.testkit.pesq;

/** The discrete Fourier transform of a fixed length that is a power of two, in place. Owned by one thread. */
final class Fourier {

    private final int size;
    private final double[] cosines;
    private final double[] sines;

    Fourier(int size) {
        this.size = size;
        this.cosines = new double[size / 2];
        this.sines = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = Math.sin(2 * Math.PI * i / size);
        }
    }

    int size() {
        return size;
    }

    void forward(double[] re, double[] im) {
        for (int i = 1; i < size; i++) {
            int j = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(size) + 1;
            if (i < j) {
                double swap = re[i];
                re[i] = re[j];
                re[j] = swap;
                swap = im[i];
                im[i] = im[j];
                im[j] = swap;
            }
        }
        for (int half = 1; half < size; half *= 2) {
            for (int from = 0; from < size; from += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double cos = cosines[k * (size / (2 * half))];
                    double sin = -sines[k * (size / (2 * half))];
                    int a = from + k;
                    int b = a + half;
                    double x = re[b] * cos - im[b] * sin;
                    double y = re[b] * sin + im[b] * cos;
                    re[b] = re[a] - x;
                    im[b] = im[a] - y;
                    re[a] += x;
                    im[a] += y;
                }
            }
        }
    }

    /** The inverse transform, times the length. */
    void backward(double[] re, double[] im) {
        forward(im, re);
    }
}
