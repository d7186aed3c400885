package dev.berth.k8s.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the ustar format of POSIX, with owner and time zero, so that equal content gives equal bytes. */
final class Tar implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX = 155;
    private static final char FILE = '0';
    private static final char LINK = '2';
    private static final char FOLDER = '5';

    private final OutputStream out;

    Tar(OutputStream out) {
        this.out = out;
    }

    void folder(String name, int mode) throws IOException {
        header(name + "/", FOLDER, mode, 0, "");
    }

    void link(String name, String target) throws IOException {
        header(name, LINK, 0777, 0, target);
    }

    void file(String name, int mode, byte[] content) throws IOException {
        header(name, FILE, mode, content.length, "");
        out.write(content);
        pad(content.length);
    }

    void file(String name, int mode, Path content) throws IOException {
        long size = Files.size(content);
        header(name, FILE, mode, size, "");
        long copied = Files.copy(content, out);
        if (copied != size) {
            throw new IOException("Expected " + size + " bytes in " + content + ", but read " + copied + ".");
        }
        pad(size);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }

    private void header(String name, char type, int mode, long size, String target) throws IOException {
        byte[] block = new byte[BLOCK];
        int cut = name.length() <= NAME ? -1 : name.indexOf('/', name.length() - NAME - 1);
        if (name.length() > NAME && (cut < 0 || cut > PREFIX) || target.length() > NAME) {
            throw new IOException("Too long for a tar header: " + name + " " + target);
        }
        put(block, 0, name.substring(cut + 1));
        put(block, 345, name.substring(0, Math.max(cut, 0)));
        put(block, 100, String.format("%07o", mode));
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, String.format("%011o", size));
        put(block, 136, "00000000000");
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 157, target);
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, 148, String.format("%06o\0 ", sum));
        out.write(block);
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
