#include "team.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define PAUSE() _mm_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() (void)0
#endif

// About 50 microseconds at 40 cycles a pause: longer than the serial steps between two loops of a decode step.
enum { SPINS = 4000 };

// Fields that different threads write lie on lines of their own.
#define OWN_LINE _Alignas(128)

struct ew_team {
  size_t threads;
  pthread_t* handles;
  ew_team_body body;
  void* context;
  size_t count;
  size_t chunk;
  /// Counts the loops begun; workers wait for it to change.
  OWN_LINE _Atomic size_t generation;
  OWN_LINE _Atomic size_t next;
  /// Workers that have not yet finished the current loop.
  OWN_LINE _Atomic size_t busy;
  _Atomic bool stopped;
  _Atomic bool ending;
  /// Held by the thread that runs a loop.
  OWN_LINE pthread_mutex_t loop;
  OWN_LINE pthread_mutex_t lock;
  pthread_cond_t started;
  pthread_cond_t finished;
  size_t asleep;
  bool runner_asleep;
  OWN_LINE _Atomic size_t named;
};

static void take_pieces(struct ew_team* team, size_t worker) {
  while (!atomic_load_explicit(&team->stopped, memory_order_relaxed)) {
    const size_t begin = atomic_fetch_add_explicit(&team->next, team->chunk, memory_order_relaxed);
    if (begin >= team->count) return;
    const size_t end = team->count - begin < team->chunk ? team->count : begin + team->chunk;
    if (!team->body(team->context, begin, end, worker))
      atomic_store_explicit(&team->stopped, true, memory_order_relaxed);
  }
}

static size_t wait_for_loop(struct ew_team* team, size_t seen) {
  for (int i = 0; i < SPINS; i++) {
    const size_t generation = atomic_load_explicit(&team->generation, memory_order_acquire);
    if (generation != seen) return generation;
    PAUSE();
  }
  pthread_mutex_lock(&team->lock);
  team->asleep++;
  while (atomic_load_explicit(&team->generation, memory_order_acquire) == seen)
    pthread_cond_wait(&team->started, &team->lock);
  team->asleep--;
  pthread_mutex_unlock(&team->lock);
  return atomic_load_explicit(&team->generation, memory_order_acquire);
}

static void* work(void* argument) {
  struct ew_team* team = argument;
  const size_t worker = atomic_fetch_add(&team->named, 1);
  size_t seen = 0;
  for (;;) {
    seen = wait_for_loop(team, seen);
    if (atomic_load_explicit(&team->ending, memory_order_relaxed)) return 0;
    take_pieces(team, worker);
    if (atomic_fetch_sub_explicit(&team->busy, 1, memory_order_acq_rel) == 1) {
      pthread_mutex_lock(&team->lock);
      if (team->runner_asleep) pthread_cond_signal(&team->finished);
      pthread_mutex_unlock(&team->lock);
    }
  }
}

static void next_generation(struct ew_team* team) {
  pthread_mutex_lock(&team->lock);
  atomic_fetch_add_explicit(&team->generation, 1, memory_order_release);
  if (team->asleep) pthread_cond_broadcast(&team->started);
  pthread_mutex_unlock(&team->lock);
}

static bool run(struct ew_team* team, size_t count, size_t chunk, ew_team_body body, void* context) {
  team->body = body;
  team->context = context;
  team->count = count;
  team->chunk = chunk;
  atomic_store_explicit(&team->next, 0, memory_order_relaxed);
  atomic_store_explicit(&team->stopped, false, memory_order_relaxed);
  if (team->threads == 1 || count <= chunk) {
    take_pieces(team, 0);
    return !atomic_load_explicit(&team->stopped, memory_order_relaxed);
  }
  atomic_store_explicit(&team->busy, team->threads - 1, memory_order_relaxed);
  next_generation(team);
  take_pieces(team, 0);
  for (int i = 0; i < SPINS && atomic_load_explicit(&team->busy, memory_order_acquire); i++) PAUSE();
  if (atomic_load_explicit(&team->busy, memory_order_acquire)) {
    pthread_mutex_lock(&team->lock);
    team->runner_asleep = true;
    while (atomic_load_explicit(&team->busy, memory_order_acquire)) pthread_cond_wait(&team->finished, &team->lock);
    team->runner_asleep = false;
    pthread_mutex_unlock(&team->lock);
  }
  return !atomic_load_explicit(&team->stopped, memory_order_relaxed);
}

bool ew_team_run(ew_team team, size_t count, size_t chunk, ew_team_body body, void* context) {
  pthread_mutex_lock(&team.pointer->loop);
  const bool finished = run(team.pointer, count, chunk, body, context);
  pthread_mutex_unlock(&team.pointer->loop);
  return finished;
}

ew_team ew_team_create(size_t threads) {
  struct ew_team* team = 0;
  if (threads == 0 || posix_memalign((void**)&team, 128, sizeof(struct ew_team)) != 0) return (ew_team){0};
  *team = (struct ew_team){.threads = 1, .named = 1};
  team->handles = calloc(threads, sizeof(pthread_t));
  pthread_mutex_init(&team->lock, 0);
  pthread_mutex_init(&team->loop, 0);
  pthread_cond_init(&team->started, 0);
  pthread_cond_init(&team->finished, 0);
  while (team->handles && team->threads < threads) {
    if (pthread_create(&team->handles[team->threads], 0, work, team) != 0) break;
    team->threads++;
  }
  if (team->threads < threads || !team->handles) {
    ew_team_destroy((ew_team){team});
    return (ew_team){0};
  }
  return (ew_team){team};
}

void ew_team_destroy(ew_team handle) {
  struct ew_team* team = handle.pointer;
  atomic_store_explicit(&team->ending, true, memory_order_relaxed);
  next_generation(team);
  for (size_t i = 1; i < team->threads; i++) pthread_join(team->handles[i], 0);
  pthread_cond_destroy(&team->finished);
  pthread_cond_destroy(&team->started);
  pthread_mutex_destroy(&team->lock);
  pthread_mutex_destroy(&team->loop);
  free(team->handles);
  free(team);
}
