#!/bin/sh
# A figure of the paper as an array job of Slurm: its shares side by side, then a job that merges them.
#
#     FIGURE=4 PRESET=full FOLDER=/shared/figure-4 recorded/slurm.sh --partition=long --cpus-per-task=8
#
# FIGURE   its number
# FOLDER   where the shares, the logs and at last fig04.json go; on a disk that all nodes share
# PRESET   laptop unless given;  TRIALS  of each cell, as many as the preset has unless given
# SHARDS   how many shares, 64 unless given
# DATE     the day that the record tells, none unless given
# PROGRAM  target/release/winning-ticket unless given; on a shared disk, too
#
# Other words go to sbatch as they are. What was interrupted or has failed goes on when the same line is typed again.
#
#SBATCH --job-name=winning-ticket
#SBATCH --nodes=1 --ntasks=1
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu

: "${FIGURE:?names the figure, for example FIGURE=4}"
: "${FOLDER:?names a folder for shares and result, for example FOLDER=/shared/figure-4}"
PRESET=${PRESET:-laptop}
SHARDS=${SHARDS:-64}
PROGRAM=${PROGRAM:-target/release/winning-ticket}
RESULT=$FOLDER/$(printf 'fig%02d.json' "$FIGURE")

figure() {
    exec "$PROGRAM" figure "$FIGURE" --preset "$PRESET" ${TRIALS:+--trials "$TRIALS"} "$@"
}

# The jobs run this very file with one word more.
case ${1-} in
share)
    # Where a cluster does not confine its jobs, they would see all of the node's cores.
    export RAYON_NUM_THREADS="$SLURM_CPUS_ON_NODE"
    figure --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" --resume --out "$FOLDER/part-$SLURM_ARRAY_TASK_ID"
    ;;
merge)
    figure ${DATE:+--date "$DATE"} --merge "$FOLDER"/part-* --out "$RESULT"
    ;;
*)
    command -v "$PROGRAM" >/dev/null || {
        echo "$PROGRAM is no program: cargo build --release makes it, PROGRAM=FILE names another." >&2
        exit 2
    }
    mkdir -p "$FOLDER"
    array=$(sbatch --parsable --export=ALL --array="0-$((SHARDS - 1))" --output="$FOLDER/log-%a" "$@" "$0" share)
    array=${array%%;*} # what follows is the cluster's name
    merge=$(sbatch --parsable --export=ALL --dependency="afterok:$array" --kill-on-invalid-dep=yes \
        --output="$FOLDER/log-merge" "$@" "$0" merge)
    echo "Job $array runs the $SHARDS shares, job ${merge%%;*} then merges them into $RESULT."
    ;;
esac
