package dev.berth.k8s.adapter;

/** An adapter has no answer for an object: says which of its fields, and why. */
public final class AdapterFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 512;

    AdapterFailure(String field, String why) {
        super(cut(field + ": " + why), null, false, false);
    }

    /** Always a sentence. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    private static String cut(String text) {
        String flat = text.replaceAll("\\p{Cntrl}", " ");
        return flat.length() > MAX_LENGTH ? flat.substring(0, MAX_LENGTH) : flat;
    }
}
