/*
 * Latencies in logarithmic buckets: 64 per power of two, so a percentile is
 * right to about 1.6 %, in constant memory and a few nanoseconds per record.
 */
#ifndef LBTOP_BENCH_HISTOGRAM_H
#define LBTOP_BENCH_HISTOGRAM_H

#include <stdint.h>

enum { BUCKET_BITS = 6, PER_OCTAVE = 1 << BUCKET_BITS, BUCKETS = 58 * PER_OCTAVE + PER_OCTAVE };

struct histogram {
  uint64_t total;
  uint64_t buckets[BUCKETS];
};

static inline void histogram_record(struct histogram *histogram, uint64_t nanoseconds) {
  int shift = 0;
  if (nanoseconds >= PER_OCTAVE) shift = 63 - BUCKET_BITS - __builtin_clzll(nanoseconds);
  histogram->buckets[((uint64_t)shift << BUCKET_BITS) + (nanoseconds >> shift)]++;
  histogram->total++;
}

/* The upper edge of a bucket, in nanoseconds: the inverse of the line above. */
static inline uint64_t bucket_edge(uint64_t bucket) {
  if (bucket < PER_OCTAVE) return bucket + 1;
  uint64_t shift = (bucket >> BUCKET_BITS) - 1;
  uint64_t mantissa = (bucket & (PER_OCTAVE - 1)) | PER_OCTAVE;
  return (mantissa + 1) << shift;
}

/* A percentile in microseconds; 0 when nothing was recorded. */
static inline double histogram_percentile(const struct histogram *histogram, double percent) {
  uint64_t wanted = (uint64_t)((double)histogram->total * percent / 100.0);
  uint64_t seen = 0;
  for (uint64_t bucket = 0; bucket < BUCKETS; bucket++) {
    seen += histogram->buckets[bucket];
    if (seen > wanted || (seen > 0 && seen == histogram->total)) {
      return (double)bucket_edge(bucket) / 1000.0;
    }
  }
  return 0;
}

#endif
