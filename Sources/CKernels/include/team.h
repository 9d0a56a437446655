#pragma once
#include <stdbool.h>
#include <stddef.h>

// A team of persistent threads that shares out the indices of a loop. Between loops its threads spin for some tens of
// microseconds and then sleep: an idle team uses no CPU. The thread that runs a loop takes part as worker 0.

struct ew_team;

/// A team, safe to use from any thread until it is destroyed.
typedef struct __attribute__((swift_attr("@Sendable"))) {
  struct ew_team* pointer;
} ew_team;

/// Handles indices begin ..< end as `worker`; false asks everybody to stop taking new pieces.
typedef bool (*ew_team_body)(void* context, size_t begin, size_t end, size_t worker);

/// Starts threads - 1 threads; the pointer is null when memory or threads are refused.
ew_team ew_team_create(size_t threads);

/// Hands out 0 ..< count in pieces of `chunk` and returns once every piece that was begun has ended; false when a body returned
/// false. One loop runs at a time, others wait; a body must not run a loop on its own team.
bool ew_team_run(ew_team team, size_t count, size_t chunk, ew_team_body body, void* context);

/// Ends and joins the threads.
void ew_team_destroy(ew_team team);
