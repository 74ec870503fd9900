package io.warren.telemetry.measurement;

/**
 * What the database knows a stream by.
 *
 * @param id its key
 * @param firstDay the day of its oldest measurement, counted from 1970-01-01
 * @param lastDay the day of its newest measurement; before the first when there is none yet
 */
record Series(long id, long firstDay, long lastDay) {

    boolean covers(long day) {
        return firstDay <= day && day <= lastDay;
    }

    Series including(long day) {
        return lastDay < firstDay
                ? new Series(id, day, day)
                : new Series(id, Math.min(firstDay, day), Math.max(lastDay, day));
    }
}
