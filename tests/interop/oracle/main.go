// What golang.org/x/mod's sumdb/tlog and note say of our receipts, tiles and paths.
//
//	oracle receipt POLICY RECEIPT
//	oracle tiles DIR INDEX SIZE POLICY [OLD]
//	oracle inclusion LEAF INDEX SIZE ROOT [HASH...]
//	oracle consistency OLD OLD_ROOT NEW NEW_ROOT [HASH...]
//	oracle batch
//
// It prints one object of JSON and exits 0 if it holds, 1 if not. With batch it reads commands, one
// JSON list of words a line, and prints a line for each.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

type answer map[string]any

func main() {
	if len(os.Args) == 2 && os.Args[1] == "batch" {
		in, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
		for line, err := in.ReadBytes('\n'); err == nil; line, err = in.ReadBytes('\n') {
			var words []string
			if json.Unmarshal(line, &words) != nil {
				os.Exit(70)
			}
			out.Encode(answered(words))
		}
		return
	}
	found := answered(os.Args[1:])
	json.NewEncoder(os.Stdout).Encode(found)
	if found["holds"] == false {
		os.Exit(1)
	}
}

func answered(words []string) answer {
	found, err := run(words)
	if err != nil {
		return answer{"holds": false, "error": err.Error()}
	}
	if found == nil {
		found = answer{}
	}
	found["holds"] = true
	return found
}

func run(words []string) (answer, error) {
	switch {
	case len(words) == 3 && words[0] == "receipt":
		return checkReceipt(words[1], words[2])
	case len(words) >= 5 && words[0] == "tiles":
		return checkTiles(words[1], words[4], numbers(words[2], words[3]), words[5:])
	case len(words) >= 5 && words[0] == "inclusion":
		n := numbers(words[2], words[3])
		h, err := hashes(append([]string{words[1], words[4]}, words[5:]...))
		if err != nil {
			return nil, err
		}
		return nil, tlog.CheckRecord(h[2:], n[1], h[1], n[0], h[0])
	case len(words) >= 5 && words[0] == "consistency":
		n := numbers(words[1], words[3])
		h, err := hashes(append([]string{words[2], words[4]}, words[5:]...))
		if err != nil {
			return nil, err
		}
		return nil, tlog.CheckTree(h[2:], n[1], h[1], n[0], h[0])
	}
	return nil, fmt.Errorf("no such command: %q", words)
}

func checkReceipt(policyFile, receiptFile string) (answer, error) {
	content, err := os.ReadFile(receiptFile)
	if err != nil {
		return nil, err
	}
	head, checkpoint, _ := strings.Cut(string(content), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" ||
		!strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		return nil, errors.New("not a tlog-proof with an extra line")
	}
	commitment, err := base64.StdEncoding.Strict().DecodeString(lines[1][len("extra "):])
	if err != nil || len(commitment) != 32 {
		return nil, errors.New("extra is not a commitment")
	}
	index, err := strconv.ParseInt(lines[2][len("index "):], 10, 64)
	if err != nil {
		return nil, err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		path = append(path, hash)
	}
	opened, err := openCheckpoint(policyFile, []byte(checkpoint))
	if err != nil {
		return nil, err
	}
	leaf := tlog.RecordHash([]byte("answerable/v1\n" + string(commitment)))
	if err := tlog.CheckRecord(path, opened.size, opened.root, index, leaf); err != nil {
		return nil, err
	}
	return answer{"origin": opened.origin, "index": index, "size": opened.size,
		"commitment": hex.EncodeToString(commitment), "times": opened.times}, nil
}

// The bundles make the leaves, the leaves the tree, and the tree every tile, which must be the one
// published: TileHashReader of x/mod 0.7.0 (Debian 12) does not compare all full tiles with their
// parents, as later versions do. The proofs then come from the tiles.
func checkTiles(dir, policyFile string, at []int64, old []string) (answer, error) {
	index, size := at[0], at[1]
	content, err := os.ReadFile(dir + "/checkpoint")
	if err != nil {
		return nil, err
	}
	opened, err := openCheckpoint(policyFile, content)
	if err != nil {
		return nil, err
	}
	if opened.size != size {
		return nil, fmt.Errorf("the checkpoint is of size %d", opened.size)
	}
	made := &tree{}
	if err := made.fromBundles(dir, size); err != nil {
		return nil, err
	}
	root, err := tlog.TreeHash(size, made)
	if err == nil && root != opened.root {
		err = errors.New("the entries lead to another root")
	}
	if err == nil {
		err = made.compareTiles(&folder{dir}, size)
	}
	if err != nil {
		return nil, err
	}
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, &folder{dir})
	path, err := tlog.ProveRecord(size, index, reader)
	if err == nil {
		err = tlog.CheckRecord(path, size, root, index, made.stored[tlog.StoredHashIndex(0, index)])
	}
	if err != nil {
		return nil, err
	}
	found := answer{"origin": opened.origin, "entries": size, "path": texts(path)}
	for _, before := range numbers(old...) {
		oldRoot, err := tlog.TreeHash(before, made)
		if err != nil {
			return nil, err
		}
		proof, err := tlog.ProveTree(size, before, reader)
		if err == nil {
			err = tlog.CheckTree(proof, size, root, before, oldRoot)
		}
		if err != nil {
			return nil, err
		}
		found["consistency"], found["old_root"] = texts(proof), hex.EncodeToString(oldRoot[:])
	}
	return found, nil
}

type tree struct{ stored []tlog.Hash }

func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, t.stored[index])
	}
	return found, nil
}

func (t *tree) fromBundles(dir string, size int64) error {
	for n := int64(0); n < size; {
		tile := tlog.Tile{H: 8, L: -1, N: n / 256, W: 256}
		if size-n < 256 {
			tile.W = int(size - n)
		}
		content, err := os.ReadFile(dir + "/" + c2spPath(tile))
		if err != nil {
			return err
		}
		if len(content) != 48*tile.W {
			return errors.New("not as long as its name says: " + c2spPath(tile))
		}
		for ; len(content) > 0; n, content = n+1, content[48:] {
			if !bytes.HasPrefix(content, []byte("\x00\x2eanswerable/v1\n")) {
				return fmt.Errorf("entry %d is not of 46 bytes", n)
			}
			hashes, err := tlog.StoredHashes(n, content[2:48], t)
			if err != nil {
				return err
			}
			t.stored = append(t.stored, hashes...)
		}
	}
	return nil
}

func (t *tree) compareTiles(published *folder, size int64) error {
	for level := 0; size>>(8*level) > 0; level++ {
		for n, count := int64(0), size>>(8*level); n*256 < count; n++ {
			tile := tlog.Tile{H: 8, L: level, N: n, W: 256}
			if count-n*256 < 256 {
				tile.W = int(count - n*256)
			}
			made, err := tlog.ReadTileData(tile, t)
			if err != nil {
				return err
			}
			there, err := published.ReadTiles([]tlog.Tile{tile})
			if err != nil {
				return err
			}
			if !bytes.Equal(made, there[0]) {
				return errors.New("not the tile of these entries: " + c2spPath(tile))
			}
		}
	}
	return nil
}

// A folder of C2SP tlog-tiles: as the tiles of Go's sumdb, without the height in the path.
type folder struct{ dir string }

func (f *folder) Height() int                         { return 8 }
func (f *folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (f *folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var contents [][]byte
	for _, tile := range tiles {
		content, err := os.ReadFile(f.dir + "/" + c2spPath(tile))
		if err != nil {
			return nil, err
		}
		if len(content) != tile.W*tlog.HashSize {
			return nil, errors.New("not as long as its name says: " + c2spPath(tile))
		}
		contents = append(contents, content)
	}
	return contents, nil
}

func c2spPath(tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}

func numbers(texts ...string) []int64 {
	var found []int64
	for _, text := range texts {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			n = -1
		}
		found = append(found, n)
	}
	return found
}

func hashes(texts []string) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		octets, err := hex.DecodeString(text)
		if err != nil || len(octets) != tlog.HashSize {
			return nil, errors.New("not a hash")
		}
		copy(found[i][:], octets)
	}
	return found, nil
}

func texts(hashes []tlog.Hash) []string {
	found := []string{}
	for _, hash := range hashes {
		found = append(found, hex.EncodeToString(hash[:]))
	}
	return found
}
