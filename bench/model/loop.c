/* One tick of sim/flow in C: the same arithmetic in the same order as the plain Python kernel, so the same bits.

   Translated file by file: down.py, station.py, queueing.py, sojourn.py, up.py, settle.py, users.py, blame.py and
   kernel.py, delay lines, ledger and reading included. Left out is what a bare graph does not use: breakers, retry
   budgets, bulkheads, limits, throttling, alternatives, messages and lagging replicas; loop.py refuses such graphs.
   Tables of the Erlang formulas and the plan come from Python. What queueing.py remembers is remembered here too; the
   tails that sojourn.py remembers are computed.

   Compile without contraction to fused multiply-adds and without -ffast-math. `least` and `most` are Python's min and
   max, which return their first argument of two equal ones. loop.py reads the declarations of `struct network`. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEVER_S 1e6
#define MOST_VAR (NEVER_S * NEVER_S)
#define HANG_S 600.0
#define MIN_HOLD_S 1e-9
#define STAGES 20
#define MEMOS 4096

struct network {
    int pools, nodes, calls, demands, streams, entries, lines, causes;
    double dt;
    /* per pool; x_at has one more and says where the pool's part of x begins */
    int *slots, *queue, *down, *table, *pool_order, *member_at, *member, *enter_at, *enter, *holds_at, *holds;
    double *stretch, *crowd, *pool_slots;
    double *waiting_tables, *blocking_tables;
    /* per node */
    int *pool, *order, *rank, *call_at, *call;
    double *work, *work_var, *node_error;
    /* per stream */
    int *target;
    double *reach, *batch;
    /* per call */
    int *caller, *callee, *required, *retries, *hold, *parallel, *local, *back;
    double *k, *timeout_s, *backoff_s, *latency_s, *call_lost, *call_error;
    /* per demand */
    int *entry, *demand_retries, *demand_stream;
    double *patience_s, *demand_backoff_s, *threshold_s;
    /* per call, then per demand */
    int *line, *length;
    /* FlowState: read and written */
    double *was_level, *was_variance, *was_waiting, *was_fixed_s, *was_theta_s, *was_inside, *was_hold_s;
    double *was_hold_var_s2, *was_answer_s, *was_answer_var_s2, *was_branch, *was_branch_s, *was_branch_var_s2;
    double *was_failing, *was_first, *was_lines, *was_pot, *was_clock;
    /* Reading: written */
    double *out_arrivals, *out_served, *out_rejected, *out_refused, *out_shed, *out_in_system, *out_slots;
    double *out_utilisation, *out_wait_probability, *out_wait_fixed_s, *out_wait_theta_s, *out_wait_s, *out_hold_s;
    double *out_hold_var_s2, *out_visits, *out_fail, *out_degraded, *out_mean_s, *out_attempts, *out_timeouts;
    double *out_call_rejected, *out_errors, *out_call_mean_s, *out_attempt_fail, *out_quick_fail, *out_valid;
    double *out_good, *out_good_degraded, *out_bad, *out_late, *out_demand_attempts, *out_request_s;
    double *out_request_var_s2, *out_demand_quick_fail, *out_grant, *out_passing, *out_overload, *out_down;
    double *out_node_errors, *out_lost_calls, *out_call_errors, *out_slow_calls, *out_shedding, *out_open_calls;
    double *out_full_bulkheads, *out_slow_entries;
};

typedef struct network Net;
typedef struct { double loss, mean, variance, waiting, place_mean, place_variance; } Finite;
typedef struct { double a, b; } Two;
typedef struct { double tail, first, second; } Limited;
typedef struct { double tail, first, second, well; } Timed;
typedef struct { int kind, c, places; double x; Finite value; } Memo;

typedef struct { /* tick.py; then what the passes and the ledger need in between */
    double *level, *variance, *waiting, *fixed, *theta, *arrivals, *served, *rejected, *refused, *full_share;
    double *down_share, *pool_hold, *pool_hold_var, *inside, *attempts, *stream_served, *visits, *hold, *hold_var;
    double *answer, *answer_var, *branch, *branch_s, *branch_var, *branch_fail, *fail, *degraded, *first, *failing;
    double *att_error, *att_lost, *bounced, *att_slow, *att_fail, *quick_fail, *attempt_mean, *lost_s, *core_s;
    double *dep_s, *held_s, *buffer, *generations, *asked, *packed, *came, *cost, *cost_var;
    int *generation_at, *serial, *member;
    double *guess, *low, *high, *stride;
    int *known;
    double *good, *good_degraded, *late, *bad, *tries, *mean, *var, *demand_quick, *turned_away, *wrong, *slow, *noticed;
    double *walk_wrong, *walk_slow, *walk_edge, *walk_own, *new_causes, *causes;
    double *overload, *down, *node_errors, *lost_calls, *call_errors, *slow_calls, *shedding, *slow_entries;
    Memo *memo;
    void *kept[128];
    int keeps;
} Tick;

static inline double least(double a, double b) { return b < a ? b : a; }
static inline double most(double a, double b) { return b > a ? b : a; }

/* ---- exact.py */

static double exp_(double x) {
    if (x < -745.0) return 0.0;
    double k = floor(x * 1.44269504088896338700e00 + 0.5);
    double high = x - k * 6.93147180369123816490e-01;
    double low = k * 1.90821492927058770002e-10;
    double r = high - low;
    double t = r * r;
    double c = r - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05
        + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    return ldexp(1.0 - ((low - (r * c) / (2.0 - c)) - high), (int)k);
}

static double log_(double x) {
    int k;
    double m = frexp(x, &k);
    if (m < 0.70710678118654752440) { m *= 2.0; k -= 1; }
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    double even = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01
        + w * 1.479819860511658591e-01)));
    double half = 0.5 * f * f;
    return k * 6.93147180369123816490e-01
        - ((half - (s * (half + even + odd) + k * 1.90821492927058770002e-10)) - f);
}

/* ---- queueing.py; what is remembered there (lru_cache) is remembered here */

static Memo *remembered(Tick *t, int kind, int c, int places, double x, int *known) {
    unsigned long long bits;
    memcpy(&bits, &x, sizeof bits);
    bits ^= (unsigned long long)c * 0x9E3779B97F4A7C15ull + (unsigned long long)places * 0xC2B2AE3D27D4EB4Full + kind;
    bits ^= bits >> 29; bits *= 0xBF58476D1CE4E5B9ull; bits ^= bits >> 32;
    Memo *memo = &t->memo[bits % MEMOS];
    *known = memo->kind == kind && memo->c == c && memo->places == places && memo->x == x;
    memo->kind = kind; memo->c = c; memo->places = places; memo->x = x;
    return memo;
}

static double interpolate(const double *table, double x) {
    double y = x * 256;
    if (y >= 256.0) return table[256];
    int i = (int)y;
    double low = table[i];
    return low + (y - i) * (table[i + 1] - low);
}

static double blocking(const Net *n, int p, double rho) {
    if (rho < 1.0) {
        double waiting = interpolate(n->waiting_tables + 257 * (size_t)n->table[p], rho);
        return waiting * (1.0 - rho) / (1.0 - rho * waiting);
    }
    return interpolate(n->blocking_tables + 257 * (size_t)n->table[p], 1.0 / rho);
}

static void power_sums(int n, double x, double *zero, double *one, double *two, double *power) {
    int done = 0, bit = 0;
    *zero = *one = *two = 0.0;
    *power = 1.0;
    while (n >> bit > 1) bit++;
    for (; n > 0 && bit >= 0; bit--) {
        *two += *power * (*two + 2.0 * done * *one + (double)done * done * *zero);
        *one += *power * (*one + done * *zero);
        *zero += *power * *zero;
        *power *= *power;
        done *= 2;
        if (n >> bit & 1) {
            *two += (double)done * done * *power;
            *one += done * *power;
            *zero += *power;
            *power *= x;
            done += 1;
        }
    }
}

static Finite finite(const Net *net, Tick *t, int p, int places, double rho) {
    Finite f = {0.0, 0.0, 0.0, 0.0, 1.0, 0.0};
    int known, c = net->slots[p];
    if (rho <= 0.0) return f;
    Memo *memo = remembered(t, 1, c, places, rho, &known);
    if (known) return memo->value;
    double a = c * rho, b = blocking(net, p, rho);
    double t0, t1, t2, full, unit, s0, s1, s2, waiters;
    if (rho <= 1.0) {
        power_sums(places, rho, &t0, &t1, &t2, &full);
        unit = 1.0;
        s0 = rho * t0; s1 = rho * (t1 + t0); s2 = rho * (t2 + 2.0 * t1 + t0);
        waiters = t0;
    } else {
        double x = 1.0 / rho, k = (double)places;
        power_sums(places, x, &t0, &t1, &t2, &unit);
        full = 1.0;
        s0 = t0; s1 = k * t0 - t1; s2 = k * k * t0 - 2.0 * k * t1 + t2;
        waiters = x * t0;
    }
    double total = unit + b * s0, lost = b * full;
    double mean = (a * (1.0 - b) * unit + b * (c * s0 + s1)) / total;
    double low = a * (a * (1.0 - b) - c * b + (1.0 - b)) * unit;
    double square = (low + b * ((double)c * c * s0 + 2.0 * c * s1 + s2)) / total;
    double place = 1.0, spread = 0.0;
    if (places > 0) {
        place = t1 / t0;
        spread = most(0.0, t2 / t0 - place * place);
        place = rho <= 1.0 ? place + 1.0 : places - place;
    }
    double admitted = total - lost;
    f.loss = lost / total;
    f.mean = mean;
    f.variance = most(0.0, square - mean * mean);
    f.waiting = admitted > 0.0 ? least(1.0, b * waiters / admitted) : 0.0;
    f.place_mean = place;
    f.place_variance = spread;
    memo->value = f;
    return f;
}

static double finite_mean(const Net *net, int p, int places, double rho) {
    int c = net->slots[p];
    double b = blocking(net, p, rho), t0, t1, t2, unit;
    if (rho <= 1.0) {
        power_sums(places, rho, &t0, &t1, &t2, &unit);
        return (c * rho * (1.0 - b) + b * rho * (c * t0 + t1 + t0)) / (1.0 + b * rho * t0);
    }
    power_sums(places, 1.0 / rho, &t0, &t1, &t2, &unit);
    return (c * rho * (1.0 - b) * unit + b * (c * t0 + places * t0 - t1)) / (unit + b * t0);
}

static double load_at(const Net *net, int p, int places, double rho, double level) {
    double low = 0.0, high = 1.0 / most(rho, 1e-9);
    for (int i = 0; i < 40; i++) {
        double x = 0.5 * (low + high);
        if (finite_mean(net, p, places, 1.0 / x) > level) low = x; else high = x;
    }
    return 1.0 / high;
}

/* ---- station.py */

static void full_step(const Net *net, Tick *t, int p, double capacity, double level, double variance, double arrivals,
                      double loss, Finite rest) {
    int c = net->slots[p], places = net->queue[p];
    double a = level + arrivals, b = capacity * net->dt, rejected = loss * arrivals;
    double served = a - rejected - rest.mean, mean, theta;
    if (0.0 <= served && served <= b * (1.0 + 1e-9)) {
        served = least(served, b);
        mean = rest.place_mean / capacity;
        theta = least(mean, sqrt(rest.place_variance + rest.place_mean) / capacity);
        t->served[p] = served; t->rejected[p] = rejected; t->variance[p] = rest.variance;
        t->level[p] = least(a - rejected - served, (double)(c + places));
        t->waiting[p] = rest.waiting; t->fixed[p] = mean - theta; t->theta[p] = theta;
        return;
    }
    served = most(0.0, least(b, served));
    double after = a - rejected - served, over = after - (c + places);
    if (over > 0.0 && over < arrivals - rejected) {
        rejected += over;
        after -= over;
    } else if (over > 0.0) {
        rejected = arrivals;
        after = level - served;
    }
    double room = (double)(c + places);
    variance = least(variance + arrivals + served, room * room / 12.0);
    mean = least(NEVER_S, most(0.0, after - c) / capacity);
    theta = least(mean, sqrt(variance) / capacity);
    t->served[p] = served; t->rejected[p] = rejected; t->level[p] = after; t->variance[p] = variance;
    t->waiting[p] = 1.0; t->fixed[p] = mean - theta; t->theta[p] = theta;
}

static int roomy(const Net *net, Tick *t, int p, double rho, double level) {
    static const double some[3] = {0.5, 0.8, 0.95};
    for (int i = 0; i < 3; i++)
        if (rho <= some[i]) {
            Finite rest = finite(net, t, p, net->queue[p], some[i]);
            return rest.loss < 1e-9 && level <= rest.mean;
        }
    return 0;
}

static void station(const Net *net, Tick *t, int p, double capacity, double g, double arrivals) {
    int c = net->slots[p], places = net->queue[p];
    double level = t->level[p], variance = t->variance[p], waiting = t->waiting[p], a = level + arrivals;
    if (c == 0 || capacity <= 0.0) {
        double after = places < 0 ? a : least(a, most(level, (double)places));
        t->served[p] = 0.0; t->rejected[p] = a - after; t->level[p] = after; t->variance[p] = variance + arrivals;
        t->waiting[p] = 1.0; t->fixed[p] = NEVER_S; t->theta[p] = 0.0;
        return;
    }
    const double *table = net->waiting_tables + 257 * (size_t)net->table[p];
    double b = capacity * net->dt, cb = c + b, rho = 0.0, y = 0.0, gc = 0.0;
    for (int round = 0; round < 3; round++) {
        gc = g * waiting;
        double h = a + gc - cb;
        double root = sqrt(h * h + 4.0 * cb * gc);
        rho = 2.0 * a / (cb + gc + a + root);
        y = h > 0.0 ? 2.0 * gc / (h + root) : (root - h) / (2.0 * cb);
        double x = rho * 256.0;
        int i = x < 256.0 ? (int)x : 256;
        waiting = i < 256 ? table[i] + (x - i) * (table[i + 1] - table[i]) : 1.0;
    }
    double queued = y > 0.0 ? gc * rho / y : most(0.0, a - cb);
    double after = least(a, c * rho + queued);
    if (places >= 0 && !roomy(net, t, p, arrivals / b, level)) {
        Finite rest = finite(net, t, p, places, arrivals / b);
        if (after >= rest.mean) {
            double loss = rest.loss;
            if (level > rest.mean && arrivals > 0.0) {
                double load = load_at(net, p, places, arrivals / b, least(level, c + places));
                loss = most(loss, finite(net, t, p, places, load).loss);
            }
            full_step(net, t, p, capacity, level, variance, arrivals, loss, rest);
            return;
        }
    }
    double served = a - after;
    if (served <= 0.0) {
        t->served[p] = 0.0; t->rejected[p] = 0.0; t->level[p] = a; t->variance[p] = variance + arrivals;
        t->waiting[p] = waiting; t->fixed[p] = 0.0; t->theta[p] = 0.0;
        return;
    }
    double slope = gc > 0.0 ? c + gc * (1.0 + queued / gc) * (1.0 + queued / gc) : (double)c;
    variance = (variance + arrivals + served) / (1.0 + 2.0 * b / slope);
    double kappa = rho > 0.0 ? least(1.0, variance / (rho * slope)) : 1.0;
    double mean = waiting > 1e-12 ? least(NEVER_S, queued * net->dt / (served * waiting)) : 0.0;
    double theta = mean * sqrt(kappa);
    t->served[p] = served; t->rejected[p] = 0.0; t->level[p] = after; t->variance[p] = variance;
    t->waiting[p] = waiting; t->fixed[p] = mean - theta; t->theta[p] = theta;
}

/* ---- down.py */

static double all_good(double k, double fail) {
    if (k == 1.0) return 1.0 - fail;
    long whole = (long)k;
    double good = 1.0, base = 1.0 - fail;
    for (long rest = whole; rest > 0; rest >>= 1) {
        if (rest & 1) good *= base;
        base *= base;
    }
    return good * (1.0 - (k - whole) * fail);
}

static double until_failure(double k, double fail) {
    if (fail <= 0.0 || k <= 1.0) return k;
    long whole = (long)k;
    int bit = 0;
    double base = 1.0 - fail, total = 0.0, power = 1.0;
    while (whole >> bit > 1) bit++;
    for (; bit >= 0; bit--) {
        total += power * total;
        power *= power;
        if (whole >> bit & 1) { total += power; power *= base; }
    }
    return total + (k - whole) * power;
}

static double bunch(const Net *n, const Tick *t, int e) {
    double alone = n->local[e] ? 1.0 : n->batch[e];
    int m = n->caller[e];
    if (t->packed[m] <= t->asked[m]) return alone;
    double k = n->k[e] < 1.0 || (n->parallel[e] && !n->local[e]) ? n->k[e] : 1.0;
    return least(20.0, alone + k * (t->packed[m] / t->asked[m] - 1.0));
}

static double crowd(const Net *n, Tick *t, int p, double rho) {
    int c = n->slots[p];
    if (n->crowd[p] < 0.0) return 1.0;
    double wait = n->was_waiting[p] * (n->was_fixed_s[p] + n->was_theta_s[p]);
    for (int i = n->enter_at[p]; i < n->enter_at[p + 1]; i++) {
        int s = n->enter[i];
        int m = n->target[s];
        double limit = n->timeout_s[s];
        if (limit < 0.0 || 5.0 * (wait + n->was_answer_s[m]) <= limit) continue;
        if (n->crowd[p] * (n->was_hold_s[m] * n->stretch[p]) / c + n->was_answer_s[m] > limit) return 1.0;
    }
    int places = (int)n->crowd[p] - c;
    if (places <= 0) return 0.0;
    if (places > 150 || (rho <= 0.8 && places > 30) || (rho <= 0.5 && places > 10)) return 1.0;
    rho = least(rho, 0.98);
    Finite inside = finite(n, t, p, places, rho);
    double waiting = interpolate(n->waiting_tables + 257 * (size_t)n->table[p], rho) * rho / (1.0 - rho);
    double queued = inside.mean - c * rho * (1.0 - inside.loss);
    double shorter = waiting > 1e-9 ? least(1.0, most(0.0, queued / waiting)) : 1.0;
    double out = 0.0;
    for (int i = n->enter_at[p]; i < n->enter_at[p + 1]; i++)
        out = most(out, n->was_waiting[n->pool[n->caller[n->enter[i]]]]);
    return 1.0 - most(out, 1.0 / places) * (1.0 - shorter);
}

static void make_calls(const Net *n, Tick *t, int m) {
    double v = t->visits[m], reached = 1.0;
    for (int i = n->call_at[m]; i < n->call_at[m + 1]; i++) {
        int e = n->call[i];
        if (n->parallel[e] && !n->local[e]) {
            t->first[e] = v * n->k[e];
            if (n->required[e] && n->was_failing[e] > 0.0) reached *= all_good(n->k[e], n->was_failing[e]);
        }
    }
    for (int i = n->call_at[m]; i < n->call_at[m + 1]; i++) {
        int e = n->call[i];
        if (n->local[e] || !n->parallel[e]) {
            t->first[e] = v * reached * (n->required[e] ? until_failure(n->k[e], n->was_failing[e]) : n->k[e]);
            if (n->required[e] && n->was_failing[e] > 0.0) reached *= all_good(n->k[e], n->was_failing[e]);
        }
    }
}

static void send_down(const Net *n, Tick *t, const double *rates) {
    double dt = n->dt;
    memset(t->asked, 0, sizeof(double) * n->nodes);
    memset(t->packed, 0, sizeof(double) * n->nodes);
    memset(t->visits, 0, sizeof(double) * n->nodes);
    memset(t->full_share, 0, sizeof(double) * n->pools);
    memset(t->down_share, 0, sizeof(double) * n->pools);
    for (int d = 0; d < n->demands; d++) {
        int s = n->demand_stream[d], at = n->line[n->calls + d];
        t->attempts[s] = rates[d] > 0.0 ? least(rates[d], 1e15) * dt : 0.0;
        for (int q = 0; q < n->demand_retries[d]; q++) {
            int place = at + q * n->length[n->calls + d];
            t->attempts[s + 1 + q] = t->buffer[place];
            t->buffer[place] = 0.0;
        }
    }
    for (int turn = 0; turn < n->pools; turn++) {
        int p = n->pool_order[turn], from = n->enter_at[p], to = n->enter_at[p + 1];
        double arrived = 0.0, content = 0.0, mean = 0.0, square = 0.0, bunched = 0.0;
        for (int i = from; i < to; i++) {
            int s = n->enter[i], m = n->target[s];
            double count;
            if (s < n->calls) {
                count = n->back[s] ? n->was_first[s] : t->first[s];
                int place = n->line[s];
                if (place >= 0) {
                    double *made = t->generations + t->generation_at[s];
                    *made++ = count;
                    for (int q = 0; q < n->retries[s]; q++) {
                        if (q + 1 < n->retries[s]) *made++ = t->buffer[place];
                        count += t->buffer[place];
                        t->buffer[place] = 0.0;
                        place += n->length[s];
                    }
                }
                t->attempts[s] = count;
                count *= n->reach[s];
            } else
                count = t->attempts[s];
            t->came[i - from] = count;
            arrived += count;
            double together = count * (s < n->calls ? bunch(n, t, s) : 1.0);
            bunched += together;
            t->asked[m] += count;
            t->packed[m] += together;
            double weight = t->inside[s] + count, h = t->hold[m];
            content += weight;
            mean += weight * h;
            square += weight * (t->hold_var[m] + h * h);
        }
        if (content > 0.0) {
            mean /= content;
            square /= content;
        } else
            for (int i = from; i < to; i++) {
                int m = n->target[n->enter[i]];
                mean += t->hold[m] / (to - from);
                square += (t->hold_var[m] + t->hold[m] * t->hold[m]) / (to - from);
            }
        double stretch = n->stretch[p];
        mean = least(NEVER_S, most(MIN_HOLD_S, mean * stretch));
        double spread = most(0.0, square * stretch * stretch - mean * mean);
        t->pool_hold[p] = mean;
        t->pool_hold_var[p] = spread;
        t->arrivals[p] = arrived;
        double lost = n->down[p] ? arrived : 0.0;
        double cv2 = spread / (mean * mean);
        cv2 = 0.999999999 < cv2 && cv2 < 1.000000001 ? 1.0 : least(cv2, 4.0);
        double g = 0.5 * ((arrived > 0.0 ? least(bunched / arrived, 4.0) : 1.0) + cv2);
        int c = n->slots[p];
        if (c > 0 && arrived > 0.0) g *= crowd(n, t, p, arrived * mean / (c * dt));
        station(n, t, p, c / mean, g, arrived - lost);
        t->refused[p] = lost;
        double turned = 0.0, level = t->level[p];
        if (n->down[p])
            t->down_share[p] = turned = 1.0;
        else if (arrived > 0.0)
            t->full_share[p] = turned = least(1.0, t->rejected[p] / arrived);
        else if (c == 0 && n->queue[p] >= 0 && level >= n->queue[p])
            t->full_share[p] = turned = 1.0;
        double mixed = content - arrived * turned;
        double keep = mixed > 0.0 ? least(1.0, level / mixed) : 0.0;
        for (int i = from; i < to; i++) {
            int s = n->enter[i];
            double there = t->inside[s] + t->came[i - from] * (1.0 - turned), stays = there * keep;
            t->inside[s] = stays;
            t->stream_served[s] = there - stays;
            t->visits[n->target[s]] += there - stays;
        }
        for (int i = n->member_at[p]; i < n->member_at[p + 1]; i++) {
            int m = n->member[i];
            make_calls(n, t, m);
            for (int j = n->call_at[m]; j < n->call_at[m + 1]; j++) {
                int e = n->call[j], to_node = n->target[e];
                if (!n->local[e]) continue;
                t->visits[to_node] += t->first[e];
                t->attempts[e] = t->first[e];
                t->asked[to_node] += t->first[e];
                t->packed[to_node] += t->first[e] * bunch(n, t, e);
            }
        }
    }
}

/* ---- sojourn.py */

static Limited erlangs(int k, double p, double rate, double limit) {
    double x = rate * limit, mean = (k - p) / rate;
    double square = (p * (k - 1) * k + (1.0 - p) * k * (k + 1)) / (rate * rate);
    if (x > 700.0) return (Limited){0.0, mean, square};
    double term = exp_(-x), q = term, below = 0.0;
    for (int n = 1; n < k; n++) {
        below = q;
        term *= x / n;
        q += term;
    }
    double q1 = q + term * x / k, q2 = q1 + term * x / k * x / (k + 1);
    double tail = (1.0 - p) * q;
    double first = tail * limit + (1.0 - p) * k * (1.0 - q1) / rate;
    double second = tail * limit * limit + (1.0 - p) * k * (k + 1) * (1.0 - q2) / (rate * rate);
    if (k > 1 && p > 0.0) {
        double less = p * below;
        tail += less;
        first += less * limit + p * (k - 1) * (1.0 - q) / rate;
        second += less * limit * limit + p * (k - 1) * k * (1.0 - q1) / (rate * rate);
    }
    return (Limited){tail, first, second};
}

static Limited two_stages(double mean, double theta, double limit) {
    if (limit <= 0.0) return (Limited){1.0, 0.0, 0.0};
    if (theta <= 1e-9 * mean) return erlangs(1, 0.0, 1.0 / mean, limit);
    if (mean <= 1e-9 * theta) return erlangs(1, 0.0, 1.0 / theta, limit);
    double mu = 1.0 / mean, a = 1.0 / theta;
    if (fabs(a - mu) < 1e-4 * mu) return erlangs(2, 0.0, 2.0 / (mean + theta), limit);
    double x = mu * limit, z = a * limit;
    double ex = x < 700.0 ? exp_(-x) : 0.0, ez = z < 700.0 ? exp_(-z) : 0.0;
    double w = a / (a - mu), v = mu / (a - mu);
    double tail = w * ex - v * ez;
    double first = w * (1.0 - ex) / mu - v * (1.0 - ez) / a;
    double second = 2.0 * (w * (1.0 - ex * (1.0 + x)) / (mu * mu) - v * (1.0 - ez * (1.0 + z)) / (a * a));
    return (Limited){least(1.0, most(0.0, tail)), most(0.0, first), most(0.0, second)};
}

static Limited fitted(double mean, double variance, double limit) {
    if (limit <= 0.0) return (Limited){1.0, 0.0, 0.0};
    if (mean <= 0.0) return (Limited){0.0, 0.0, 0.0};
    double cv2 = variance / (mean * mean);
    if (cv2 >= 1.0) {
        if (cv2 < 1.000001) return erlangs(1, 0.0, 1.0 / mean, limit);
        double w = 0.5 * (1.0 + sqrt((cv2 - 1.0) / (cv2 + 1.0)));
        Limited a = erlangs(1, 0.0, 2.0 * w / mean, limit), b = erlangs(1, 0.0, 2.0 * (1.0 - w) / mean, limit);
        double v = 1.0 - w;
        return (Limited){w * a.tail + v * b.tail, w * a.first + v * b.first, w * a.second + v * b.second};
    }
    if (cv2 >= 0.5) {
        double apart = sqrt(most(0.0, 2.0 * variance - mean * mean));
        return two_stages(0.5 * (mean + apart), 0.5 * (mean - apart), limit);
    }
    if (cv2 * STAGES < 1.0) {
        double shift = mean - sqrt(STAGES * variance);
        if (limit <= shift) return (Limited){1.0, limit, limit * limit};
        if (mean - shift < 1e-9 * mean) return (Limited){0.0, mean, mean * mean};
        Limited r = erlangs(STAGES, 0.0, STAGES / (mean - shift), limit - shift);
        return (Limited){r.tail, shift + r.first, shift * shift + 2.0 * shift * r.first + r.second};
    }
    int k = (int)(1.0 / cv2);
    if (k * cv2 < 1.0) k += 1;
    double under = k * (1.0 + cv2) - k * k * cv2;
    double p = least(1.0, most(0.0, (k * cv2 - sqrt(most(0.0, under))) / (1.0 + cv2)));
    return erlangs(k, p, (k - p) / mean, limit);
}

static Limited limited(double waiting, double fixed, double theta, double mean, double variance, double limit) {
    double wait = fixed + theta, total = waiting * wait + mean;
    double spread = waiting * (wait * wait + theta * theta) - waiting * waiting * wait * wait + variance;
    double away = limit - total;
    if (away > 0.0 && away * away > 1600.0 * spread && limit > 40.0 * (total + theta))
        return (Limited){0.0, total, spread + total * total};
    double square = mean * mean;
    int leaf = fabs(variance - square) <= 1e-9 * square;
    Limited r = {0.0, 0.0, 0.0}, s;
    if (waiting < 1.0) {
        r = leaf && mean > 0.0 && limit > 0.0 ? erlangs(1, 0.0, 1.0 / mean, limit) : fitted(mean, variance, limit);
        if (waiting <= 0.0) return r;
        double w = 1.0 - waiting;
        r.tail *= w;
        r.first *= w;
        r.second *= w;
    }
    if (limit <= fixed)
        return (Limited){r.tail + waiting, r.first + waiting * limit, r.second + waiting * limit * limit};
    double v = limit - fixed;
    s = leaf && mean > 0.0 ? two_stages(mean, theta, v) : fitted(mean + theta, variance + theta * theta, v);
    r.tail += waiting * s.tail;
    r.first += waiting * (fixed + s.first);
    r.second += waiting * (fixed * fixed + 2.0 * fixed * s.first + s.second);
    return r;
}

static void shape_of(double mean, double variance, double *q, double *shift, double *scale) {
    double square = mean * mean;
    if (square <= 0.0) {
        *scale = 0.0;
        *q = 1.0;
        *shift = mean;
    } else if (variance <= square) {
        *scale = sqrt(variance);
        *q = 1.0;
        *shift = mean - *scale;
    } else {
        *q = 2.0 * square / (variance + square);
        *shift = 0.0;
        *scale = mean / *q;
    }
}

static Two later_of_two(double mean_a, double var_a, double mean_b, double var_b) {
    if (mean_a <= 0.0 && var_a <= 0.0) return (Two){mean_b, var_b};
    if (mean_b <= 0.0 && var_b <= 0.0) return (Two){mean_a, var_a};
    double qa, sa, ea, qb, sb, eb;
    shape_of(mean_a, var_a, &qa, &sa, &ea);
    shape_of(mean_b, var_b, &qb, &sb, &eb);
    if (sa < sb) {
        double s = sa, e = ea;
        sa = sb; sb = s;
        ea = eb; eb = e;
    }
    double gap = sa - sb, x = eb > 0.0 ? gap / eb : 701.0, still = x < 700.0 ? exp_(-x) : 0.0;
    double both = ea + eb > 0.0 ? ea * eb / (ea + eb) : 0.0;
    double first = sb + eb * (1.0 - still) + still * both;
    double second = sb * sb + 2.0 * sb * eb * (1.0 - still) + 2.0 * eb * eb * (1.0 - still * (1.0 + x))
        + still * (2.0 * sa * both + 2.0 * both * both);
    double q = qa * qb;
    double mean = most(most(mean_a, mean_b), mean_a + mean_b - q * first);
    double square = var_a + mean_a * mean_a + var_b + mean_b * mean_b - q * second;
    return (Two){mean, most(0.0, square - mean * mean)};
}

static Two latest(Tick *t, double mean, double variance, int copies) {
    if (copies <= 1 || (mean <= 0.0 && variance <= 0.0))
        return copies == 1 ? (Two){mean, variance} : (Two){0.0, 0.0};
    double q, shift, scale;
    shape_of(mean, variance, &q, &shift, &scale);
    int few = copies < 1000 ? copies : 1000, known;
    Memo *memo = remembered(t, 2, few, 0, q, &known);
    if (!known) {
        double none = 1.0, first = 0.0, second = 0.0;
        for (int i = 1; i <= few; i++) {
            none *= 1.0 - q;
            first += (1.0 - none) / i;
            second += 2.0 * first / i;
        }
        memo->value.mean = first;
        memo->value.variance = most(0.0, second - first * first);
    }
    double first = memo->value.mean;
    if (copies > 1000) first += log_((double)copies / 1000);
    return (Two){shift + scale * first, scale * scale * memo->value.variance};
}

/* ---- up.py */

static Two rest_of(const Net *n, int p, double answer, double answer_var, double hold, double hold_var) {
    double stretch = n->stretch[p];
    if (stretch == 1.0) return (Two){answer, answer_var};
    return (Two){answer + (stretch - 1.0) * hold, answer_var + (stretch * stretch - 1.0) * hold_var};
}

static Timed branched(double waiting, double fixed, double theta, double mean, double var, double share, double extra,
                      double extra_var, double fails, double good, double limit) {
    double apart = share * (1.0 - share) * extra * extra;
    if (apart <= 0.2 * var) {
        Limited r = limited(waiting, fixed, theta, mean, var, limit);
        return (Timed){r.tail, r.first, r.second, (1.0 - r.tail) * good};
    }
    double base = most(0.0, mean - share * extra), base_var = most(0.0, var - share * extra_var - apart);
    Limited w = limited(waiting, fixed, theta, base + extra, most(0.0, base_var + extra_var), limit);
    Limited o = limited(waiting, fixed, theta, base, base_var, limit);
    double rest = 1.0 - share, plain = share * fails < 1.0 ? least(1.0, good / (1.0 - share * fails)) : 0.0;
    return (Timed){share * w.tail + rest * o.tail, share * w.first + rest * o.first, share * w.second + rest * o.second,
                   plain * (share * (1.0 - fails) * (1.0 - w.tail) + rest * (1.0 - o.tail))};
}

static Timed time_of(const Net *n, const Tick *t, int m, double limit) { /* a negative limit is none */
    int p = n->pool[m];
    double good = 1.0 - t->fail[m], waiting = t->waiting[p], fixed = t->fixed[p], theta = t->theta[p];
    Two rest = rest_of(n, p, t->answer[m], t->answer_var[m], t->hold[m], t->hold_var[m]);
    double mean = rest.a, var = rest.b;
    if (limit < 0.0) {
        double wait = fixed + theta, first = waiting * wait + mean;
        double second = waiting * (wait * wait + theta * theta) + 2.0 * waiting * wait * mean + var + mean * mean;
        return (Timed){0.0, least(first, NEVER_S), least(second, 4.0 * MOST_VAR), good};
    }
    double fails = t->branch_fail[m];
    Timed r = branched(waiting, fixed, theta, mean, var, t->branch[m], t->branch_s[m], t->branch_var[m], fails, good,
                       limit);
    if (n->slots[p] == 0) return r;
    double before = n->was_waiting[p], before_fixed = n->was_fixed_s[p], before_theta = n->was_theta_s[p];
    Two was = rest_of(n, p, n->was_answer_s[m], n->was_answer_var_s2[m], n->was_hold_s[m], n->was_hold_var_s2[m]);
    if (before != waiting || before_fixed != fixed || before_theta != theta || was.a != mean || was.b != var) {
        Timed r0 = branched(before, before_fixed, before_theta, was.a, was.b, n->was_branch[m], n->was_branch_s[m],
                            n->was_branch_var_s2[m], fails, good, limit);
        r = (Timed){0.5 * (r.tail + r0.tail), 0.5 * (r.first + r0.first), 0.5 * (r.second + r0.second),
                    0.5 * (r.well + r0.well)};
    }
    return r;
}

static Two tries(double p, int retries, double mean, double var, double backoff) {
    if (retries == 0 || p <= 0.0) return (Two){mean, var};
    double power = 1.0, attempts = 0.0, square = 0.0;
    for (int q = 0; q <= retries; q++) {
        attempts += power;
        square += (2 * q + 1) * power;
        power *= p;
    }
    double both = mean + backoff;
    return (Two){attempts * mean + (attempts - 1.0) * backoff,
                 attempts * var + most(0.0, square - attempts * attempts) * both * both};
}

static Two cross(const Net *n, Tick *t, int e, double *soft) {
    int j = n->callee[e], p = n->pool[j];
    double latency = n->latency_s[e], limit = n->timeout_s[e], hang = limit < 0.0 ? HANG_S : limit;
    Timed r = time_of(n, t, j, limit < 0.0 ? -1.0 : most(0.0, limit - latency));
    double way = limit < 0.0 || latency < limit ? latency : limit;
    double turned = least(1.0, t->full_share[p] + t->down_share[p]);
    double error = n->call_error[e], lost = n->call_lost[e];
    double arrives = (1.0 - error) * (1.0 - lost), gone = (1.0 - error) * lost, queued = arrives * (1.0 - turned);
    t->att_error[e] = error;
    t->att_lost[e] = gone;
    t->bounced[e] = arrives * turned;
    t->att_slow[e] = queued * r.tail;
    double p_fail = 1.0 - queued * r.well;
    p_fail = p_fail > 1e-15 ? p_fail : 0.0;
    t->att_fail[e] = p_fail;
    t->quick_fail[e] = 1.0 - (1.0 - error) * (1.0 - turned) * (1.0 - t->fail[j]);
    double mean = gone * hang + arrives * way + queued * r.first;
    double square = gone * hang * hang + arrives * way * way + queued * (2.0 * way * r.first + r.second);
    double var = most(0.0, square - mean * mean);
    t->lost_s[e] = gone * hang;
    t->core_s[e] = queued * r.first;
    t->attempt_mean[e] = mean;
    Two cost = tries(p_fail, n->retries[e], mean, var, n->backoff_s[e]);
    double fail = p_fail;
    for (int q = 0; q < n->retries[e]; q++) fail = p_fail * (1.0 - 1.0 + 1.0 * fail);
    t->failing[e] = fail;
    *soft = t->degraded[j];
    if (!n->required[e]) *soft = fail + (1.0 - fail) * *soft;
    return (Two){least(cost.a, NEVER_S), least(cost.b, MOST_VAR)};
}

static void answer_of(const Net *n, Tick *t, int m) {
    double mean = n->work[m], var = n->work_var[m], held = mean, held_var = var;
    double good = 1.0 - n->node_error[m], clean = 1.0, reached = 1.0, soft;
    Two group = {0.0, 0.0}, held_group = {0.0, 0.0};
    double branch = 0.0, branch_s = 0.0, branch_var = 0.0, branch_fail = 0.0, weight = 0.0;
    int serials = 0, members = 0, odd = -1;
    for (int i = n->call_at[m]; i < n->call_at[m + 1]; i++) {
        int e = n->call[i];
        if (n->local[e] || !n->parallel[e]) {
            t->serial[serials++] = e;
            continue;
        }
        Two cost = cross(n, t, e, &soft);
        double fail = t->failing[e];
        if (n->k[e] != 1.0) {
            int whole = (int)n->k[e];
            double rest = n->k[e] - whole;
            Two one = cost;
            cost = latest(t, one.a, one.b, whole);
            if (whole == 0 && rest * (1.0 - rest) * one.a * one.a > weight) {
                weight = rest * (1.0 - rest) * one.a * one.a;
                odd = e; branch = rest; branch_s = one.a; branch_var = one.b;
                branch_fail = n->required[e] ? fail : 0.0;
            }
            if (rest > 0.0)
                cost = later_of_two(cost.a, cost.b, rest * one.a,
                                    rest * (one.b + one.a * one.a) - rest * rest * one.a * one.a);
        }
        t->member[members] = e; t->cost[members] = cost.a; t->cost_var[members++] = cost.b;
        group = later_of_two(group.a, group.b, cost.a, cost.b);
        t->dep_s[e] = cost.a;
        if (n->hold[e]) {
            held_group = later_of_two(held_group.a, held_group.b, cost.a, cost.b);
            t->held_s[e] = cost.a;
        }
        if (n->required[e]) reached *= all_good(n->k[e], fail);
        clean *= all_good(n->k[e], soft);
    }
    if (odd >= 0 && members > 1) {
        Two others = {0.0, 0.0};
        for (int i = 0; i < members; i++)
            if (t->member[i] != odd) others = later_of_two(others.a, others.b, t->cost[i], t->cost_var[i]);
        Two with_it = later_of_two(others.a, others.b, branch_s, branch_var);
        branch_s = most(0.0, with_it.a - others.a);
        branch_var = with_it.b - others.b;
        weight = branch * (1.0 - branch) * branch_s * branch_s;
    }
    good *= reached;
    mean += group.a;
    var += group.b;
    held += held_group.a;
    held_var += held_group.b;
    for (int i = 0; i < serials; i++) {
        int e = t->serial[i];
        Two cost, held_cost = {0.0, 0.0};
        double fail;
        if (n->local[e]) {
            int j = n->callee[e];
            cost = (Two){t->answer[j], t->answer_var[j]};
            held_cost = (Two){t->hold[j], t->hold_var[j]};
            fail = t->failing[e] = t->att_fail[e] = t->quick_fail[e] = t->fail[j];
            t->core_s[e] = t->attempt_mean[e] = cost.a;
            soft = n->required[e] ? t->degraded[j] : fail + (1.0 - fail) * t->degraded[j];
        } else {
            cost = cross(n, t, e, &soft);
            if (n->hold[e]) held_cost = cost;
            fail = t->failing[e];
        }
        double k = reached * (n->required[e] ? until_failure(n->k[e], fail) : n->k[e]);
        double ragged = most(0.0, (k - (int)k) * (1.0 - (k - (int)k)));
        t->dep_s[e] = k * cost.a;
        t->held_s[e] = k * held_cost.a;
        if (k < 1.0 && ragged * cost.a * cost.a > weight) {
            weight = ragged * cost.a * cost.a;
            branch = k; branch_s = cost.a; branch_var = cost.b;
            branch_fail = n->required[e] ? fail : 0.0;
        }
        mean += k * cost.a;
        var += k * cost.b + ragged * cost.a * cost.a;
        held += k * held_cost.a;
        held_var += k * held_cost.b + ragged * held_cost.a * held_cost.a;
        if (n->required[e]) {
            double ok = all_good(n->k[e], fail);
            reached *= ok;
            good *= ok;
        }
        clean *= all_good(n->k[e], soft);
    }
    t->answer[m] = least(mean, NEVER_S);
    t->answer_var[m] = least(var, MOST_VAR);
    t->branch[m] = branch;
    t->branch_fail[m] = branch_fail;
    t->branch_s[m] = least(branch_s, NEVER_S);
    t->branch_var[m] = least(branch_var, MOST_VAR);
    t->hold[m] = least(held, NEVER_S);
    t->hold_var[m] = least(held_var, MOST_VAR);
    t->fail[m] = good < 1.0 ? 1.0 - good : 0.0;
    t->degraded[m] = clean < 1.0 ? 1.0 - clean : 0.0;
}

/* ---- kernel.py `_pass`, and settle.py */

#define COPY(to, from, count) memcpy(t->to, n->was_##from, sizeof(double) * (size_t)(count))

static void pass(const Net *n, Tick *t, const double *rates) {
    COPY(buffer, lines, n->lines);
    COPY(level, level, n->pools); COPY(variance, variance, n->pools); COPY(waiting, waiting, n->pools);
    COPY(fixed, fixed_s, n->pools); COPY(theta, theta_s, n->pools); COPY(inside, inside, n->streams);
    COPY(hold, hold_s, n->nodes); COPY(hold_var, hold_var_s2, n->nodes);
    COPY(answer, answer_s, n->nodes); COPY(answer_var, answer_var_s2, n->nodes);
    COPY(branch, branch, n->nodes); COPY(branch_s, branch_s, n->nodes); COPY(branch_var, branch_var_s2, n->nodes);
    COPY(first, first, n->calls);
    for (int m = 0; m < n->nodes; m++)
        if (t->guess[m] != t->hold[m]) {
            if (t->hold[m] > 0.0) {
                double ratio = t->guess[m] / t->hold[m];
                t->hold_var[m] *= ratio * ratio;
            }
            t->hold[m] = t->guess[m];
        }
    send_down(n, t, rates);
    for (int i = n->nodes - 1; i >= 0; i--) answer_of(n, t, n->order[i]);
}

static int better(Tick *t, int m) { /* low, high, stride: below 0 is none */
    double h = t->guess[m], outcome = t->hold[m];
    if (fabs(outcome - h) <= 0.02 * h) return 0;
    if (h <= 0.0) {
        t->guess[m] = outcome;
        return 1;
    }
    if (outcome > h) {
        t->low[m] = h;
        if (t->high[m] >= 0.0 && t->high[m] <= h) t->high[m] = -1.0;
    } else {
        t->high[m] = h;
        if (t->low[m] >= 0.0 && t->low[m] >= h) t->low[m] = -1.0;
    }
    if (t->low[m] >= 0.0 && t->high[m] >= 0.0) {
        if (t->high[m] <= 1.002 * t->low[m]) return 0;
        t->guess[m] = sqrt(t->low[m] * t->high[m]);
        return 1;
    }
    double step = t->stride[m] < 0.0 ? 1.1 : t->stride[m];
    t->stride[m] = step * step;
    t->guess[m] = outcome > h ? least(outcome, h * step) : most(outcome, h / step);
    return 1;
}

static void settle(const Net *n, Tick *t, const double *rates) {
    memcpy(t->guess, n->was_hold_s, sizeof(double) * n->nodes);
    for (int m = 0; m < n->nodes; m++) {
        t->low[m] = t->high[m] = t->stride[m] = -1.0;
        t->known[m] = 0;
    }
    pass(n, t, rates);
    for (int round = 0; round < 18; round++) {
        int moved = 0;
        for (int p = 0; p < n->pools; p++)
            for (int i = n->holds_at[p]; i < n->holds_at[p + 1]; i++) {
                int m = n->holds[i];
                double h = t->guess[m], g = t->hold[m];
                if (!t->known[m]) {
                    if (fabs(g - h) <= 0.02 * h) continue;
                    if (!((t->level[p] + t->served[p]) * most(g, h) > 0.85 * n->slots[p] * n->dt)) continue;
                    t->known[m] = 1;
                }
                moved |= better(t, m);
            }
        if (!moved) break;
        pass(n, t, rates);
    }
    for (int m = 0; m < n->nodes; m++)
        if (t->known[m]) t->hold[m] = t->guess[m];
}

/* ---- users.py */

static void push(double *buffer, int at, int ticks, double delay, double count) {
    if (count <= 0.0) return;
    long i = (long)delay;
    if (i >= ticks - 1) {
        buffer[at + ticks - 1] += count;
        return;
    }
    double part = delay - i;
    buffer[at + i] += count * (1.0 - part);
    if (part > 0.0) buffer[at + i + 1] += count * part;
}

static void ask_users(const Net *n, Tick *t) {
    double dt = n->dt, *buffer = t->buffer;
    for (int d = 0; d < n->demands; d++) {
        int m = n->entry[d], p = n->pool[m], x = n->calls + d, at = n->line[x], ticks = n->length[x];
        int retries = n->demand_retries[d], outcome = at + retries * ticks;
        double limit = n->patience_s[d], pause = n->demand_backoff_s[d], delay;
        double turned = least(1.0, t->full_share[p] + t->down_share[p]), fail = t->fail[m], soft = t->degraded[m];
        Timed r = time_of(n, t, m, limit);
        double tail = r.tail;
        if (limit < 0.0) {
            double rest = rest_of(n, p, t->answer[m], 0.0, t->hold[m], 0.0).a;
            delay = most(0.0, rest - t->hold[m] * n->stretch[p]);
        } else
            delay = tail < 1.0 ? most(0.0, (r.first - limit * tail) / (1.0 - tail)) : limit;
        double late_share = 0.0, threshold = n->threshold_s[d];
        if (threshold >= 0.0 && (limit < 0.0 || threshold < limit) && tail < 1.0) {
            double over = time_of(n, t, m, threshold).tail;
            late_share = least(1.0, most(0.0, (over - tail) / (1.0 - tail)));
        }
        double fit = r.well < 1.0 - tail && tail < 1.0 ? most(0.0, r.well / (1.0 - tail)) : 1.0;
        double bounced = 0.0, wrong_all = 0.0, slow_all = 0.0, total = 0.0;
        for (int q = 0; q <= retries; q++) {
            int s = n->demand_stream[d] + q;
            double asked = t->attempts[s];
            total += asked;
            double away = asked * turned;
            double done = limit < 0.0 ? t->stream_served[s] : (asked - away) * (1.0 - tail);
            double gave_up = limit < 0.0 ? 0.0 : (asked - away) * tail;
            double right = done * fit, wrong = done - right, late = right * late_share, good = right - late;
            push(buffer, outcome, ticks, delay / dt, good * (1.0 - soft));
            push(buffer, outcome + ticks, ticks, delay / dt, good * soft);
            push(buffer, outcome + 2 * ticks, ticks, delay / dt, late);
            slow_all += late;
            if (q < retries) {
                int again = at + q * ticks;
                push(buffer, again, ticks, most(1.0, pause / dt), away);
                push(buffer, again, ticks, most(1.0, (delay + pause) / dt), wrong);
                if (limit >= 0.0) push(buffer, again, ticks, most(1.0, (limit + pause) / dt), gave_up);
                continue;
            }
            bounced += away;
            wrong_all += wrong;
            slow_all += gave_up;
            push(buffer, outcome + 3 * ticks, ticks, delay / dt, wrong);
            if (limit >= 0.0) push(buffer, outcome + 3 * ticks, ticks, limit / dt, gave_up);
        }
        double whole = buffer[outcome], partly = buffer[outcome + ticks];
        double late = buffer[outcome + 2 * ticks], other = buffer[outcome + 3 * ticks];
        for (int i = 0; i < 4; i++) buffer[outcome + i * ticks] = 0.0;
        t->good[d] = whole + partly;
        t->good_degraded[d] = partly;
        t->late[d] = late;
        t->noticed[d] = late + other;
        t->bad[d] = late + other + bounced + 0.0;
        t->tries[d] = total;
        t->turned_away[d] = bounced;
        t->wrong[d] = wrong_all;
        t->slow[d] = slow_all;
        t->demand_quick[d] = 1.0 - 1.0 * (1.0 - turned) * (1.0 - fail);
        double mean = (1.0 - turned) * r.first, var = most(0.0, (1.0 - turned) * r.second - mean * mean);
        Two cost = tries(1.0 - (1.0 - turned) * r.well, retries, mean, var, pause);
        t->mean[d] = cost.a;
        t->var[d] = cost.b;
    }
}

static void send_again(const Net *n, Tick *t) {
    for (int e = 0; e < n->calls; e++) {
        if (n->line[e] < 0) continue;
        int ticks = n->length[e];
        double slow = t->att_slow[e] + t->att_lost[e], limit = n->timeout_s[e], pause = n->backoff_s[e];
        double later = limit < 0.0 ? t->att_slow[e] : slow, quick = most(0.0, t->att_fail[e] - slow);
        double wait = most(1.0, ((limit < 0.0 ? 0.0 : limit) + pause) / n->dt);
        for (int q = 0; q < n->retries[e]; q++) {
            double count = t->generations[t->generation_at[e] + q];
            if (count <= 0.0) continue;
            push(t->buffer, n->line[e] + q * ticks, ticks, most(1.0, pause / n->dt), count * quick);
            push(t->buffer, n->line[e] + q * ticks, ticks, wait, count * later);
        }
    }
}

/* ---- blame.py */

static void descend(Tick *t, int e, int callee, double amount) {
    double total = t->attempt_mean[e];
    if (total <= 0.0) {
        t->slow_calls[e] += amount;
        return;
    }
    double lost = least(amount, amount * t->lost_s[e] / total);
    double core = least(amount - lost, amount * t->core_s[e] / total);
    t->lost_calls[e] += lost;
    t->slow_calls[e] += most(0.0, amount - lost - core);
    t->walk_slow[callee] += core;
    t->walk_edge[e] += core;
}

/* Pass `amount`·`share` on to the calls that hold the slots of pool p; return the share that was passed on. */
static double pass_on(const Net *n, Tick *t, int p, int rank, double amount, double share, int shared) {
    double held = 0.0, passed = 0.0;
    if (n->slots[p] == 0) return 0.0;
    for (int i = n->member_at[p]; i < n->member_at[p + 1]; i++) {
        int m = n->member[i];
        held += t->visits[m] * n->work[m] * n->stretch[p];
        for (int j = n->call_at[m]; j < n->call_at[m + 1]; j++) {
            int e = n->call[j];
            if (!n->local[e] && t->held_s[e] > 0.0) held += t->visits[m] * t->held_s[e];
        }
    }
    if (!(held > 0.0)) return 0.0;
    for (int i = n->member_at[p]; i < n->member_at[p + 1]; i++) {
        int m = n->member[i];
        for (int j = n->call_at[m]; j < n->call_at[m + 1]; j++) {
            int e = n->call[j];
            if (n->local[e] || !(t->held_s[e] > 0.0) || n->rank[n->callee[e]] <= rank) continue;
            double part = t->visits[m] * t->held_s[e];
            if (!(part > 0.0)) continue;
            part /= held;
            descend(t, e, n->callee[e], shared ? amount * share * part : amount * part);
            passed += part;
        }
    }
    return passed;
}

static void turned_away(const Net *n, Tick *t, int p, double amount, int rank) {
    if (t->down_share[p] > 0.0) {
        t->down[p] += amount;
        return;
    }
    double passed = pass_on(n, t, p, rank, amount, 1.0, 0);
    t->overload[p] += amount * most(0.0, 1.0 - passed);
}

static void walk_failure(const Net *n, Tick *t, int m) {
    double own = n->node_error[m], total = own, wrong = t->walk_wrong[m];
    for (int i = n->call_at[m]; i < n->call_at[m + 1]; i++) {
        int e = n->call[i];
        if (n->required[e] && t->failing[e] > 0.0) total += t->failing[e] * n->k[e];
    }
    if (total <= 0.0) {
        t->node_errors[m] += wrong;
        return;
    }
    t->node_errors[m] += wrong * own / total;
    for (int i = n->call_at[m]; i < n->call_at[m + 1]; i++) {
        int e = n->call[i], j = n->callee[e];
        if (!(n->required[e] && t->failing[e] > 0.0)) continue;
        double amount = wrong * (t->failing[e] * n->k[e]) / total;
        if (n->local[e]) {
            t->walk_wrong[j] += amount;
            continue;
        }
        if (amount <= 0.0) continue;
        double late = t->att_slow[e], known = t->att_error[e] + t->att_lost[e] + t->bounced[e] + late;
        double inner = most(0.0, t->att_fail[e] - known), part = known + inner > 0.0 ? amount / (known + inner) : 0.0;
        t->call_errors[e] += part * t->att_error[e];
        t->lost_calls[e] += part * t->att_lost[e];
        if (t->bounced[e] > 0.0) turned_away(n, t, n->pool[j], part * t->bounced[e], n->rank[m]);
        t->walk_wrong[j] += part * inner;
        t->walk_slow[j] += part * late;
        t->walk_edge[e] += part * late;
    }
}

static double walk_time(const Net *n, Tick *t, int m) {
    int p = n->pool[m];
    double amount = t->walk_slow[m], wait = t->waiting[p] * (t->fixed[p] + t->theta[p]);
    double own = n->work[m] * n->stretch[p], total = wait + own;
    for (int i = n->call_at[m]; i < n->call_at[m + 1]; i++) total += t->dep_s[n->call[i]];
    for (int i = n->call_at[m]; i < n->call_at[m + 1]; i++) {
        int e = n->call[i];
        if (t->dep_s[e] > 0.0) descend(t, e, n->callee[e], amount * t->dep_s[e] / total);
    }
    double here = own / total;
    if (wait <= 0.0) return here;
    double share = wait / total, passed = pass_on(n, t, p, n->rank[m], amount, share, 1);
    return here + share * most(0.0, 1.0 - passed);
}

static void ledger(const Net *n, Tick *t, double *causes) {
    memset(causes, 0, sizeof(double) * n->causes);
    t->overload = causes;
    t->down = t->overload + n->pools;
    t->node_errors = t->down + n->pools;
    t->lost_calls = t->node_errors + n->nodes;
    t->call_errors = t->lost_calls + n->calls;
    t->slow_calls = t->call_errors + n->calls;
    t->shedding = t->slow_calls + n->calls;
    t->slow_entries = t->shedding + n->pools + 2 * (size_t)n->calls;
    memset(t->walk_wrong, 0, sizeof(double) * n->nodes);
    memset(t->walk_slow, 0, sizeof(double) * n->nodes);
    memset(t->walk_own, 0, sizeof(double) * n->nodes);
    memset(t->walk_edge, 0, sizeof(double) * n->calls);
}

static void walk_down(const Net *n, Tick *t) {
    for (int i = 0; i < n->nodes; i++) {
        int m = n->order[i];
        if (t->walk_wrong[m] > 0.0) walk_failure(n, t, m);
        if (t->walk_slow[m] > 0.0) t->walk_own[m] = walk_time(n, t, m);
    }
    for (int e = 0; e < n->calls; e++) t->slow_calls[e] += t->walk_edge[e] * t->walk_own[n->callee[e]];
}

static void blame(const Net *n, Tick *t) {
    int some = 0;
    ledger(n, t, t->new_causes);
    for (int d = 0; d < n->demands; d++) {
        t->walk_wrong[n->entry[d]] += t->wrong[d];
        t->walk_slow[n->entry[d]] += t->slow[d];
        some = some || t->wrong[d] > 0.0 || t->slow[d] > 0.0;
    }
    if (some) {
        walk_down(n, t);
        for (int d = 0; d < n->demands; d++) {
            int p = n->pool[n->entry[d]], c = n->slots[p];
            double amount = t->slow[d] * t->walk_own[n->entry[d]], busy = 0.0;
            for (int i = n->member_at[p]; i < n->member_at[p + 1]; i++)
                busy += t->visits[n->member[i]] * n->work[n->member[i]] * n->stretch[p];
            if (c == 0 || busy >= 0.95 * c * n->dt)
                t->overload[p] += amount;
            else
                t->slow_entries[d] += amount;
        }
    }
    double total = 0.0, noticed = 0.0, *pot = n->was_pot, *causes = t->causes;
    for (int i = 0; i < n->causes; i++) pot[i] = pot[i] + t->new_causes[i];
    for (int i = 0; i < n->causes; i++) total += pot[i];
    for (int d = 0; d < n->demands; d++) noticed += t->noticed[d];
    ledger(n, t, causes);
    for (int d = 0; d < n->demands; d++)
        if (t->turned_away[d] > 0.0) turned_away(n, t, n->pool[n->entry[d]], t->turned_away[d], -1);
    walk_down(n, t);
    if (noticed > 0.0) {
        if (total > 0.0) {
            double share = noticed / total;
            for (int i = 0; i < n->causes; i++) {
                causes[i] = causes[i] + pot[i] * share;
                pot[i] = share < 1.0 ? pot[i] * (1.0 - share) : 0.0;
            }
        } else
            causes[n->causes - n->demands] += noticed;
    }
}

/* ---- kernel.py: what remains, and what the tick looked like */

static int clean(double *to, const double *from, int count) {
    int wrong = 0;
    for (int i = 0; i < count; i++) {
        wrong |= !isfinite(from[i]);
        to[i] = from[i] + 0.0;
    }
    return wrong;
}

static int read_off(const Net *n, Tick *t) {
    int wrong = 0, pools = n->pools, nodes = n->nodes, calls = n->calls, demands = n->demands;
    for (int p = 0; p < pools; p++) {
        int c = n->slots[p];
        n->out_utilisation[p] = c ? least(1.0, t->served[p] * t->pool_hold[p] / (c * n->dt))
                                  : t->level[p] > 0.0 ? 1.0 : 0.0;
        n->out_wait_s[p] = t->waiting[p] * (t->fixed[p] + t->theta[p]);
        n->out_slots[p] = most(0.0, n->pool_slots[p]);
        n->out_shed[p] = 0.0;
    }
    for (int m = 0; m < nodes; m++)
        n->out_mean_s[m] = n->out_wait_s[n->pool[m]]
            + rest_of(n, n->pool[m], t->answer[m], 0.0, t->hold[m], 0.0).a;
    for (int e = 0; e < calls; e++) {
        double known = t->att_slow[e] + t->att_lost[e] + t->bounced[e] + t->att_error[e];
        n->out_timeouts[e] = t->attempts[e] * (t->att_slow[e] + t->att_lost[e]);
        n->out_call_rejected[e] = t->attempts[e] * t->bounced[e];
        n->out_errors[e] = t->attempts[e] * (t->att_error[e] + most(0.0, t->att_fail[e] - known));
    }
    for (int d = 0; d < demands; d++) n->out_valid[d] = t->good[d] + t->bad[d];
    for (int i = 0; i < n->entries; i++) n->out_grant[i] = n->out_passing[i] = 1.0;
#define OUT(field, from, count) wrong |= clean(n->out_##field, from, count)
    OUT(arrivals, t->arrivals, pools); OUT(served, t->served, pools); OUT(rejected, t->rejected, pools);
    OUT(refused, t->refused, pools); OUT(in_system, t->level, pools); OUT(wait_probability, t->waiting, pools);
    OUT(wait_fixed_s, t->fixed, pools); OUT(wait_theta_s, t->theta, pools); OUT(hold_s, t->pool_hold, pools);
    OUT(hold_var_s2, t->pool_hold_var, pools); OUT(utilisation, n->out_utilisation, pools);
    OUT(wait_s, n->out_wait_s, pools);
    OUT(visits, t->visits, nodes); OUT(fail, t->fail, nodes); OUT(degraded, t->degraded, nodes);
    OUT(mean_s, n->out_mean_s, nodes);
    OUT(attempts, t->attempts, calls); OUT(timeouts, n->out_timeouts, calls);
    OUT(call_rejected, n->out_call_rejected, calls); OUT(errors, n->out_errors, calls);
    OUT(call_mean_s, t->attempt_mean, calls); OUT(attempt_fail, t->att_fail, calls);
    OUT(quick_fail, t->quick_fail, calls);
    OUT(valid, n->out_valid, demands); OUT(good, t->good, demands); OUT(good_degraded, t->good_degraded, demands);
    OUT(bad, t->bad, demands); OUT(late, t->late, demands); OUT(demand_attempts, t->tries, demands);
    OUT(request_s, t->mean, demands); OUT(request_var_s2, t->var, demands);
    OUT(demand_quick_fail, t->demand_quick, demands);
    OUT(overload, t->overload, pools); OUT(down, t->down, pools); OUT(node_errors, t->node_errors, nodes);
    OUT(lost_calls, t->lost_calls, calls); OUT(call_errors, t->call_errors, calls);
    OUT(slow_calls, t->slow_calls, calls); OUT(shedding, t->shedding, pools);
    OUT(open_calls, t->shedding + pools, calls); OUT(full_bulkheads, t->shedding + pools + calls, calls);
    OUT(slow_entries, t->slow_entries, demands);
    return wrong;
}

static int remain(const Net *n, Tick *t) {
    int wrong = 0;
#define WAS(field, from, count) wrong |= clean(n->was_##field, t->from, count)
    WAS(level, level, n->pools); WAS(variance, variance, n->pools); WAS(waiting, waiting, n->pools);
    WAS(fixed_s, fixed, n->pools); WAS(theta_s, theta, n->pools); WAS(inside, inside, n->streams);
    WAS(hold_s, hold, n->nodes); WAS(hold_var_s2, hold_var, n->nodes); WAS(answer_s, answer, n->nodes);
    WAS(answer_var_s2, answer_var, n->nodes); WAS(branch, branch, n->nodes); WAS(branch_s, branch_s, n->nodes);
    WAS(branch_var_s2, branch_var, n->nodes); WAS(failing, failing, n->calls); WAS(first, first, n->calls);
    wrong |= clean(n->was_pot, n->was_pot, n->causes);
    if (n->lines) {
        memcpy(n->was_lines, t->buffer + 1, sizeof(double) * (n->lines - 1));
        n->was_lines[n->lines - 1] = 0.0;
    }
    n->was_clock[0] += 1.0;
    return wrong;
}

/* ---- what loop.py calls */

static void *room(Tick *t, size_t count, size_t size) {
    return t->kept[t->keeps++] = calloc(count ? count : 1, size);
}

void loop_end(Tick *t) {
    for (int i = 0; i < t->keeps; i++) free(t->kept[i]);
    free(t);
}

Tick *loop_begin(const Net *n) {
    Tick *t = calloc(1, sizeof(Tick));
    if (!t) return NULL;
#define PER(count, ...) do { double **all[] = {__VA_ARGS__}; \
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) *all[i] = room(t, (count), sizeof(double)); } while (0)
    PER(n->pools, &t->level, &t->variance, &t->waiting, &t->fixed, &t->theta, &t->arrivals, &t->served, &t->rejected,
        &t->refused, &t->full_share, &t->down_share, &t->pool_hold, &t->pool_hold_var);
    PER(n->streams, &t->inside, &t->attempts, &t->stream_served, &t->came);
    PER(n->nodes, &t->visits, &t->hold, &t->hold_var, &t->answer, &t->answer_var, &t->branch, &t->branch_s,
        &t->branch_var, &t->branch_fail, &t->fail, &t->degraded, &t->asked, &t->packed, &t->guess, &t->low, &t->high,
        &t->stride, &t->walk_wrong, &t->walk_slow, &t->walk_own);
    PER(n->calls, &t->first, &t->failing, &t->att_error, &t->att_lost, &t->bounced, &t->att_slow, &t->att_fail,
        &t->quick_fail, &t->attempt_mean, &t->lost_s, &t->core_s, &t->dep_s, &t->held_s, &t->cost, &t->cost_var,
        &t->walk_edge);
    PER(n->demands, &t->good, &t->good_degraded, &t->late, &t->bad, &t->tries, &t->mean, &t->var, &t->demand_quick,
        &t->turned_away, &t->wrong, &t->slow, &t->noticed);
    PER(n->causes, &t->new_causes, &t->causes);
    PER(n->lines, &t->buffer);
    t->generation_at = room(t, n->calls, sizeof(int));
    t->serial = room(t, n->calls, sizeof(int));
    t->member = room(t, n->calls, sizeof(int));
    t->known = room(t, n->nodes, sizeof(int));
    t->memo = room(t, MEMOS, sizeof(Memo));
    int generations = 0;
    for (int e = 0; e < n->calls; e++) {
        t->generation_at[e] = generations;
        generations += n->retries[e];
    }
    t->generations = room(t, generations, sizeof(double));
    for (int i = 0; i < t->keeps; i++)
        if (!t->kept[i]) {
            loop_end(t);
            return NULL;
        }
    return t;
}

int loop_run(const Net *n, Tick *t, const double *rates, int ticks) { /* rates: per tick, then per demand */
    for (int i = 0; i < ticks; i++) {
        settle(n, t, rates + (size_t)i * n->demands);
        ask_users(n, t);
        send_again(n, t);
        blame(n, t);
        if (read_off(n, t) | remain(n, t)) return 1;
    }
    return 0;
}
